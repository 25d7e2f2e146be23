import type { Sample } from "../../../../cli/incident/clocks/clocks.ts";
import type { Entry } from "../../../../cli/incident/run/journal.ts";
import { phases } from "../../../../cli/incident/run/phases.ts";
import type { RunResult } from "../../../../cli/incident/run/result.ts";

const time = (seconds: number) => new Date(Date.UTC(2030, 0, 2, 3, 4, seconds)).toISOString();
const hostile = `<img src=x onerror=alert(1)> | "quoted" & 'so'`;

/** A result with every part that there is, and a hostile name. */
export const exampleResult: RunResult = {
  run: "20300102T030405Z-payment-down-1f2e",
  verdict: "valid",
  options: { incident: "payment-down", holdSeconds: 300, seed: 42, notify: false },
  start: time(0),
  outcomes: phases.map((phase) => ({ phase, status: "met", problems: [] })),
  landed: time(40),
  proven: time(45),
  evidence: {
    cluster: "Service payment has no ready endpoint, its Deployment wants 0 pods",
    requests: ["a1", "a2"],
    declined: 1,
    controls: [{ name: "login" }, { name: "catalogue" }, { name: "cart" }],
  },
  clocks: {
    detected: { at: time(55), seconds: 15, by: hostile },
    mitigated: { at: time(340), seconds: 300, by: "kubectl scale by kubectl at 03:09:40" },
    recovered: { at: time(345), seconds: 305, by: "an order of the run is placed" },
  },
  restoredBy: "kubectl scale by kubectl at 03:09:40",
  orders: {
    tried: 61,
    placed: 1,
    failed: 59,
    declined: 1,
    lost: 0,
    paidButFailed: 2,
    paidNotShipped: 0,
    duplicated: 0,
  },
  load: { seed: "42", customers: 3, sequence: "ab".repeat(32), kept: true },
  notMeasured: [`when "${hostile}" recovers`],
};

/** A journal with an hour of samples and thirty monitors that alert: more than a run ever has. */
export function exampleEntries(): Entry[] {
  const ended = phases.map((phase, index): Entry => {
    const [start, end] = [time(index * 400), time(index * 400 + 400)];
    return {
      kind: "phase-ended",
      at: end,
      phase,
      status: "met",
      deviated: false,
      problems: [],
      ...{ start, end, duration: 400 },
    };
  });
  const samples = Array.from({ length: 900 }, (_, index): Entry => {
    const alarms = Array.from({ length: 30 }, (__, monitor) => {
      return { name: `monitor ${monitor} ${hostile}`, since: time(50 + monitor), priority: 2 };
    });
    const state = index > 20 && index < 800 ? "Alert" : "OK";
    const isTurn = [0, 21, 800].includes(index);
    const states = Object.fromEntries(
      Array.from({ length: 30 }, (__, monitor) => [`monitor ${monitor}`, state]),
    );
    const facts: Sample = {
      ...(isTurn && { states }),
      at: time(index * 4),
      flag: "payment-down",
      leaving: false,
      orders: { placed: index, failed: index * 2 },
      alarms: index > 20 && index < 800 ? alarms : [],
    };
    return { kind: "observed", at: facts.at, phase: "hold", what: "sample", facts };
  });
  return [...ended, ...samples];
}
