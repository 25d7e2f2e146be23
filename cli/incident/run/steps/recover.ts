import { controlProblems } from "../../witness/witness.ts";
import { readLedger, readObjects } from "../observe.ts";
import { placeOf, pollUntil, type Run, sessionOf } from "../run.ts";
import type { Findings } from "../run-phases.ts";
import { watch } from "./hold.ts";

const patienceSeconds = 120;

/** Waits until the shop is healthy again: no fault, an order placed, the controls hold. */
export async function recover(run: Run): Promise<Findings> {
  const { namespace, probe } = placeOf(run);
  const healthy = await pollUntil(run, { seconds: patienceSeconds, everyMs: 2_000 }, async () => {
    const { fault, order } = await watch(run, "recover");
    return fault === undefined && order === 201 ? true : undefined;
  });
  const session = await sessionOf(run);
  const objects = await readObjects(session, namespace);
  if (objects !== undefined) run.memory.objects["after"] = objects;
  const ledger = await readLedger(session);
  if (ledger !== undefined) run.memory.ledgers["after"] = ledger;
  const controls = await probe.controls();
  const problems = [
    ...(healthy === true ? [] : [`no order was placed within ${patienceSeconds} s of the end`]),
    ...controlProblems(controls),
  ];
  const alarms = run.memory.samples.at(-1)?.alarms ?? [];
  return {
    status: problems.length === 0 ? "met" : "unmet",
    problems,
    facts: { controls, alarms },
  };
}
