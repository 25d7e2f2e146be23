/** What the start page shows of the shop; the ledger is null where it cannot be read, with why. */
interface ShopReport {
  readonly address: string | null;
  readonly ledger: unknown;
  readonly why?: string;
}

export type ShopReader = () => Promise<ShopReport>;

/** Where the stand-in runs without a shop of the sandbox. */
export const noShop: ShopReader = () =>
  Promise.resolve({
    address: null,
    ledger: null,
    why: "No shop of the sandbox runs beside this stand-in (--shop).",
  });

/** Reads the ledger at the shop's control address: a page may only ask where it came from. */
export function shopAt(origin: string): ShopReader {
  const address = new URL("sandbox/ledger", origin).href;
  return async () => {
    try {
      const reply = await fetch(address, { signal: AbortSignal.timeout(5000) });
      if (!reply.ok) throw new Error(`it answers ${reply.status}`);
      return { address, ledger: await reply.json() };
    } catch (error) {
      const { message } = error as Error;
      return { address, ledger: null, why: `The shop at ${address} does not answer: ${message}` };
    }
  };
}
