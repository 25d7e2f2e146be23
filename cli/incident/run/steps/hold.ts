import { clocksOf } from "../../clocks/clocks.ts";
import type { Sample } from "../../clocks/clocks.ts";
import { loadJobName } from "../../../../components/incident/load/manifests.ts";
import { orderTraces } from "../../witness/order-traces.ts";
import { loadSequence } from "../load-sequence.ts";
import { podLogs, readObjects, takeSample } from "../observe.ts";
import { observed, placeOf, pollUntil, type Run, sessionOf } from "../run.ts";
import type { Findings } from "../run-phases.ts";

const everyMs = 4_000;

/** Watches the fault for as long as it is asked to last, or until it is what was waited for. */
export async function hold(run: Run): Promise<Findings> {
  const { holdSeconds, until } = run.options;
  const objects = await readObjects(await sessionOf(run), placeOf(run).namespace);
  if (objects !== undefined) run.memory.objects["during"] = objects;
  const landed = run.memory.landed ?? new Date().toISOString();
  const reached = await pollUntil(run, { seconds: holdSeconds, everyMs }, async () => {
    const sample = await watch(run, "hold");
    return isReached(run, sample) ? sample : undefined;
  });
  const problems = [
    ...(until !== undefined && reached === undefined
      ? [`${until} did not come within ${holdSeconds} s`]
      : []),
    ...(await loadProblems(run)),
  ];
  return {
    status: problems.length === 0 ? "met" : "unmet",
    problems,
    facts: clocksOf(run.memory.samples, landed),
  };
}

/** The load counts as run when its customers say what they have ordered. */
async function loadProblems(run: Run): Promise<string[]> {
  const { users } = run.options;
  const session = await sessionOf(run);
  const since = run.memory.enterFrom ?? run.start;
  const { namespace } = placeOf(run);
  const traces = await podLogs(session, namespace, { pods: "orders", since });
  run.memory.traces = orderTraces(traces);
  if (users === 0) return [];
  const printed = await podLogs(session, namespace, { pods: loadJobName, since, label: "app" });
  const load = loadSequence(printed);
  if (load === undefined) return [`the load did not run: Job ${loadJobName} printed no sequence`];
  run.memory.load = load;
  return load.kept ? [] : ["the load did not keep to its seed"];
}

/** Takes a sample and keeps it. */
export async function watch(run: Run, phase: "hold" | "recover"): Promise<Sample> {
  const sample = await takeSample(run, { leaving: phase === "recover", order: true });
  run.memory.samples.push(sample);
  await observed(run, phase, "sample", sample);
  return sample;
}

function isReached({ options, memory }: Run, { fault, order }: Sample): boolean {
  const { until } = options;
  if (until === undefined) return false;
  if (until === "restored") return fault === undefined && order === 201;
  return memory.states[memory.awaited ?? ""] === "Alert";
}
