import type { CartItem } from "../../stores/carts-db.ts";

/** An item as a request names it. Java fills what is missing: no id, quantity 1, price 0. */
export interface NewItem {
  readonly itemId: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

/**
 * Adds an item: one that is there already gets one more, whatever quantity was asked for.
 * Returns the new cart and the item as the service answers with it.
 */
export function addItem(
  items: readonly CartItem[],
  item: NewItem,
  newId: () => string,
): { readonly items: readonly CartItem[]; readonly added: CartItem } {
  const known = items.find(({ itemId }) => itemId === item.itemId);
  if (known === undefined) {
    const added = { id: newId(), ...item };
    return { items: [...items, added], added };
  }
  const added = { ...known, quantity: known.quantity + 1 };
  return { items: items.map((other) => (other === known ? added : other)), added };
}

/** Sets the quantity of an item; undefined where the cart does not hold it. */
export function changeQuantity(
  items: readonly CartItem[],
  { itemId, quantity }: NewItem,
): readonly CartItem[] | undefined {
  const known = items.find((item) => item.itemId === itemId);
  return known && items.map((item) => (item === known ? { ...known, quantity } : item));
}

/** Drops an item; undefined where the cart does not hold it. */
export function removeItem(
  items: readonly CartItem[],
  itemId: string,
): readonly CartItem[] | undefined {
  const known = items.find((item) => item.itemId === itemId);
  return known && items.filter((item) => item !== known);
}
