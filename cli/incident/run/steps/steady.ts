import { steadyProblems } from "../../witness/witness.ts";
import { observed, placeOf, type Run, sessionOf } from "../run.ts";
import { readEvidence, readLedger } from "../observe.ts";
import type { Findings } from "../run-phases.ts";

/** Orders of our own in the healthy shop. The first may warm it up, the others must be placed. */
const tries = 3;

/** Proves that the shop is healthy, and that what is to prove the fault is silent in it. */
export async function steady(run: Run): Promise<Findings> {
  const since = new Date().toISOString();
  run.memory.steadyFrom = since;
  const { probe } = placeOf(run);
  const controls = await probe.controls();
  const statuses: number[] = [];
  for (let index = 0; index < tries; index += 1) {
    statuses.push((await probe.order().catch(() => ({ status: 0 }))).status);
  }
  const { evidence, live } = await readEvidence(run, since, controls);
  run.memory.steady = evidence;
  const ledger = await readLedger(await sessionOf(run));
  if (ledger !== undefined) run.memory.ledgers["before"] = ledger;
  await observed(run, "steady", "orders", { statuses, endpoints: live?.readyEndpoints ?? null });
  const failed = statuses.slice(1).filter((status) => status !== 201);
  const problems = [
    ...(failed.length === 0 ? [] : [`orders of the healthy shop end with ${failed.join(", ")}`]),
    ...steadyProblems(run.options.incident, evidence),
  ];
  return { status: problems.length === 0 ? "met" : "unmet", problems, facts: evidence };
}
