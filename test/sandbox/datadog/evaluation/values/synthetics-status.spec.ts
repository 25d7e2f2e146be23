import { expect } from "chai";
import { evaluate } from "../../../../../sandbox/datadog/evaluation/evaluate.ts";
import type {
  Sources,
  SyntheticsRun,
} from "../../../../../sandbox/datadog/evaluation/values/data.ts";
import type { EvaluationState } from "../../../../../sandbox/datadog/evaluation/state/monitor-state.ts";

const minute = 60_000;

/** Runs as letters, one a minute: p passed, f failed; `.` no run. */
function runsOf(letters: string, location = "pl:a"): readonly SyntheticsRun[] {
  return Array.from(letters).flatMap((letter, index) =>
    letter === "." ? [] : [{ at: index * minute, location, passed: letter === "p" }],
  );
}

/** Statuses of the monitor, evaluated half a minute after each run. */
async function statuses(
  runs: readonly SyntheticsRun[],
  options: Record<string, unknown> = {},
  minutes = 6,
) {
  const monitor = { id: 1, type: "synthetics alert", query: "no_query", options };
  const none = () => [];
  const sources: Sources = {
    series: none,
    logs: none,
    checks: none,
    slo: () => undefined,
    synthetics: (id) => (id === 1 ? runs : []),
  };
  let state: EvaluationState = {};
  const seen: string[] = [];
  for (let at = minute / 2; at < minutes * minute; at += minute) {
    ({ state } = await evaluate([monitor], sources, state, at));
    seen.push(state[1]?.groups["*"]?.status ?? "none");
  }
  return seen.join(" ");
}

describe("the monitor of a synthetic test", () => {
  it("alerts at the first failed run, and recovers at the first that passes", async () => {
    expect(await statuses(runsOf("pffpp"))).to.equal("OK Alert Alert OK OK OK");
  });

  it("has no data before the first run, and keeps its status where runs stay away", async () => {
    expect(await statuses(runsOf("..pf"))).to.equal("No Data No Data OK Alert Alert Alert");
  });

  it("waits for as long as the test says, without a pass in between", async () => {
    const options = { min_failure_duration: 90 };

    expect(await statuses(runsOf("pfffff"), options)).to.equal("OK OK Alert Alert Alert Alert");
    expect(await statuses(runsOf("pfpfpf"), options)).to.equal("OK OK OK OK OK OK");
    expect(await statuses(runsOf("pfffff"), { min_failure_duration: 91 })).to.equal(
      "OK OK OK Alert Alert Alert",
    );
  });

  it("wants as many locations as the test says, and recovers when none fails", async () => {
    const one = [...runsOf("pffppp"), ...runsOf("pppppp", "pl:b")];
    const both = [...runsOf("pfffpp"), ...runsOf("ppfppp", "pl:b")];

    expect(await statuses(one, { min_location_failed: 2 })).to.equal("OK OK OK OK OK OK");
    expect(await statuses(both, { min_location_failed: 2 })).to.equal("OK OK Alert Alert OK OK");
  });
});
