import type { Ledger } from "../../sandbox/shop/ledger.ts";

/** The ledger as rows of a table: what, how many, which of them or what it means. */
export function ledgerRows(ledger: Ledger): string[][] {
  const statuses = Object.entries(ledger.saved).filter(([, count]) => count > 0);
  const saved = statuses.reduce((sum, [, count]) => sum + count, 0);
  const answers = Object.entries(ledger.answered).map(([status, count]) => `${count} × ${status}`);
  const figures: [keyof Ledger | "saved", number, string][] = [
    ["tried", ledger.tried, answers.length === 0 ? "" : `answered ${answers.join(", ")}`],
    ["placed", ledger.placed, ""],
    [
      "saved",
      saved,
      statuses.map(([status, count]) => `${count} ${statusName(status)}`).join(", "),
    ],
    ["authorised", ledger.authorised, `${ledger.declined} declined`],
    ["shipped", ledger.shipped, ""],
    ["lost", ledger.lost, "paid, no order saved"],
    ["paidButFailed", ledger.paidButFailed, "paid, order saved as PAYMENT_FAILED"],
    ["paidNotShipped", ledger.paidNotShipped, "paid, order saved, nothing shipped"],
    ["duplicated", ledger.duplicated, "paid or saved more than once"],
  ];
  const width = Math.max(...figures.map(([, count]) => String(count).length));
  return figures.map(([name, count, words]) => [
    wordsOf(name),
    String(count).padStart(width),
    words,
  ]);
}

function statusName(status: string): string {
  return status === "none" ? "without status" : status;
}

/** `paidButFailed` as people write it. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
