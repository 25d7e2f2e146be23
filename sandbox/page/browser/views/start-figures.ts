import { get } from "../api/client.ts";
import { element, foreign, link } from "../dom/element.ts";
import { facts, table } from "../dom/table.ts";

interface ShopReport {
  readonly address: string | null;
  readonly ledger: Ledger | null;
  readonly why?: string;
}

type Ledger = Readonly<Record<(typeof figures)[number][0], number>> & {
  readonly answered: Readonly<Record<string, number>>;
};

const figures = [
  ["tried", "Orders tried"],
  ["placed", "Placed"],
  ["authorised", "Authorised by payment"],
  ["declined", "Declined by payment"],
  ["shipped", "Shipped"],
  ["lost", "Paid, no order saved"],
  ["paidButFailed", "Paid, order failed"],
  ["paidNotShipped", "Paid, not shipped"],
  ["duplicated", "Beyond the first of a request"],
] as const;

/** The shop's own account of its orders; the real Datadog has nothing like it. */
export async function shopFigures(signal: AbortSignal): Promise<readonly Node[]> {
  const { ledger, address, why } = await get<ShopReport>("/sandbox/shop", signal);
  if (ledger === null) return [element("p", {}, why)];
  const answered = Object.entries(ledger.answered).map(([code, count]) => `${count} × ${code}`);
  return [
    facts([
      ...figures.map(([key, words]) => [words, String(ledger[key])] as const),
      ["Answers by HTTP status", answered.length === 0 ? "none" : answered.join(", ")],
    ]),
    element("p", {}, "From the shop's control address, ", foreign(address ?? "")),
  ];
}

interface Requests {
  readonly requests: readonly {
    readonly at: string;
    readonly method: string;
    readonly url: string;
  }[];
}

/** What clients asked and the stand-in does not know: empty after a good run. */
export async function refusedRequests(signal: AbortSignal): Promise<readonly Node[]> {
  const { requests } = await get<Requests>("/sandbox/requests?unknown", signal);
  if (requests.length === 0) return [element("p", {}, "None.")];
  const rows = requests
    .slice(-20)
    .toReversed()
    .map(({ at, method, url }) => [at, foreign(`${method} ${url}`)]);
  return [
    table("Refused requests, the newest first", ["Time", "Request"], rows),
    element("p", {}, link("/sandbox/requests?unknown", "All of them")),
  ];
}
