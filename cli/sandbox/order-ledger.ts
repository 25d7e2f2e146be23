import type { PodReport } from "../../sandbox/shop/control-app.ts";
import type { Ledger } from "../../sandbox/shop/ledger.ts";

/** Longest wait for pods that start, and for pods that say they cannot: it may be for now only. */
const patienceMs = 30_000;
const troublePatienceMs = 10_000;
const periodMs = 100;

/**
 * Waits until every pod of the shop is ready and the cluster knows it, or it is clear that one will
 * not be.
 *
 * @returns one line for each pod that is not ready
 */
export async function settledPods(
  pods: () => Promise<readonly PodReport[]>,
  pause: (ms: number) => Promise<unknown>,
): Promise<string[]> {
  for (let waitedMs = 0; ; waitedMs += periodMs) {
    const open = (await pods()).filter(({ settled }) => !settled);
    const limit = open.every(isTroubled) ? troublePatienceMs : patienceMs;
    if (open.length === 0 || waitedMs >= limit) return open.map(podTrouble);
    await pause(periodMs);
  }
}

function isTroubled({ problem }: PodReport): boolean {
  return problem !== undefined && problem !== "ContainerCreating";
}

function podTrouble({ name, problem }: PodReport): string {
  return `pod ${name} is not ready: ${problem ?? `no good answer in ${patienceMs / 1000} s`}`;
}

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
