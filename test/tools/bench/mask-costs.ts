import { judged } from "../../../sandbox/agent/apply-log-rules.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { type DeclaredRule, goRules } from "../../support/logs/go-rules.ts";
import { median } from "./timing.ts";

/** What the masks cost, in the sandbox's agent or in Go. */
export interface MaskCost {
  readonly engine: "re2js" | "go";
  /** Microseconds for one event, medians of the rounds. */
  readonly without: number;
  readonly withMasks: number;
}

const rounds = 7;

/**
 * The cost of the rules of an annotation for each event, with its masks and without them, by turns in
 * the same run. Go's is missing where Go is not installed.
 *
 * @param events - joined events
 */
export function maskCosts(annotation: string, events: readonly string[]): MaskCost[] {
  const [config] = JSON.parse(annotation) as [{ log_processing_rules: DeclaredRule[] }];
  const all = config.log_processing_rules;
  const others = all.filter(({ type }) => type !== "mask_sequences");
  const ours = measured("re2js", (isMasked) => ourNanos(isMasked ? all : others, events), events);
  const go = goRules();
  if (go === undefined) return [ours];
  try {
    const nanos = (isMasked: boolean) => go.judge(isMasked ? all : others, events).nanos;
    return [ours, measured("go", nanos, events)];
  } finally {
    go.remove();
  }
}

function measured(
  engine: MaskCost["engine"],
  nanos: (isMasked: boolean) => number,
  events: readonly string[],
): MaskCost {
  // The first round compiles and warms up.
  nanos(true);
  nanos(false);
  const runs = Array.from({ length: rounds }, () => [nanos(false), nanos(true)] as const);
  const perEvent = (at: 0 | 1) => median(runs.map((run) => run[at])) / events.length / 1000;
  return { engine, without: perEvent(0), withMasks: perEvent(1) };
}

function ourNanos(declared: readonly DeclaredRule[], events: readonly string[]): number {
  const { rules } = readLogConfig(JSON.stringify([{ log_processing_rules: declared }]));
  const began = performance.now();
  for (const message of events) judged({ message, status: "info", nanos: 0n, lines: 1 }, rules);
  return (performance.now() - began) * 1e6;
}
