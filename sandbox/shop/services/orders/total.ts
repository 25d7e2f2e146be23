/** Shipping in the shop's currency, as the real service has it compiled in. */
const SHIPPING = Math.fround(4.99);

/**
 * What an order costs: Σ quantity × price, plus shipping. Every step rounds as the Java code does:
 * products in 32-bit floats, their sum in 64 bits, the total in 32 bits again. Hence
 * 99.99 + 4.99 = 104.979996.
 */
export function orderTotal(
  items: readonly { readonly quantity: number; readonly unitPrice: number }[],
): number {
  const sum = items.reduce(
    (total, { quantity, unitPrice }) => total + Math.fround(quantity * Math.fround(unitPrice)),
    0,
  );
  return Math.fround(Math.fround(sum) + SHIPPING);
}
