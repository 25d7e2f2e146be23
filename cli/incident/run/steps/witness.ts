import { type Evidence, missingProofs } from "../../witness/witness.ts";
import { readEvidence, takeSample } from "../observe.ts";
import { observed, placeOf, pollUntil, type Run } from "../run.ts";
import type { Findings } from "../run-phases.ts";

/** How long the fault may take to be seen. A slow payment takes an order of 5 s, and some load. */
const patienceSeconds = 25;

/** Waits for two independent proofs of the fault while the controls hold. */
export async function witness(run: Run): Promise<Findings> {
  const since = run.memory.enterFrom ?? new Date().toISOString();
  const { probe } = placeOf(run);
  let last: Evidence | undefined;
  const proven = await pollUntil(run, { seconds: patienceSeconds, everyMs: 1_500 }, async () => {
    const [controls] = await Promise.all([probe.controls(), probe.order().catch(() => undefined)]);
    const { evidence } = await readEvidence(run, since, controls);
    last = evidence;
    if (evidence.cluster !== undefined) run.memory.landed ??= await landedAt(run, since);
    return missingProofs(run.options.incident, evidence).length === 0 ? evidence : undefined;
  });
  if (last !== undefined) run.memory.evidence = last;
  if (proven !== undefined) run.memory.witnessed = new Date().toISOString();
  await observed(run, "witness", "landed", { at: run.memory.landed ?? null });
  const problems =
    proven !== undefined
      ? []
      : last === undefined
        ? ["nothing was seen"]
        : missingProofs(run.options.incident, last).map(
            (one) => `not proven within ${patienceSeconds} s: ${one}`,
          );
  return { status: problems.length === 0 ? "met" : "unmet", problems, facts: last };
}

/** When the fault was written, as the API server has it; it was there before we looked. */
async function landedAt(run: Run, since: string): Promise<string> {
  const { at, owner } = await takeSample(run, { leaving: false, order: false });
  const written = Date.parse(owner?.time ?? "");
  return written >= Date.parse(since) ? new Date(written).toISOString() : at;
}
