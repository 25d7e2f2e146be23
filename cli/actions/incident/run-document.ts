import type { Body } from "../../json/print-document.ts";
import type { IncidentRunDocument } from "../../json/schemas/run.ts";
import type { RunResult } from "../../incident/run/result.ts";

/** What several runs found out, as the document has it. */
export function runDocument(
  stack: string,
  results: readonly RunResult[],
  comparison: readonly (readonly string[])[] | undefined,
): Body<IncidentRunDocument> {
  return {
    ok: results.every(({ verdict }) => verdict === "valid"),
    stack,
    runs: results.map(runOf),
    comparison: comparison?.map((row) => [...row]) ?? null,
  };
}

function runOf(result: RunResult): IncidentRunDocument["runs"][number] {
  const { run, verdict, options, outcomes, clocks, orders, load } = result;
  return {
    run,
    incident: options.incident,
    verdict,
    phases: outcomes.map(({ phase, status, problems }) => {
      return { phase, status, problems: [...problems] };
    }),
    landed: result.landed ?? null,
    proven: result.proven ?? null,
    detected: clocks.detected ?? null,
    mitigated: clocks.mitigated ?? null,
    recovered: clocks.recovered ?? null,
    restoredBy: result.restoredBy,
    orders: orders ?? null,
    load: load ?? null,
    notMeasured: [...result.notMeasured],
  };
}
