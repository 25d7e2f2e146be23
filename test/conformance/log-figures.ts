import type { SampleOutcome } from "./run-log-samples.ts";

/** How many samples of how many pass. */
export interface LogFigures {
  readonly passed: number;
  readonly samples: number;
  /** Of the pipelines of which the stand-in has every processor. */
  readonly passedInReach: number;
  readonly samplesInReach: number;
}

export function logFigures(outcomes: readonly SampleOutcome[]): LogFigures {
  const passed = outcomes.filter(({ differences }) => differences.length === 0);
  return {
    passed: passed.length,
    samples: outcomes.length,
    passedInReach: passed.filter(({ inReach }) => inReach).length,
    samplesInReach: outcomes.filter(({ inReach }) => inReach).length,
  };
}

/** One sentence for sandbox/README.md. */
export function logSentence(figures: LogFigures): string {
  const { passed, samples, passedInReach, samplesInReach } = figures;
  const share = percent(passedInReach, samplesInReach);
  return (
    `Of Datadog's published log samples, ${passedInReach} of ${samplesInReach} (${share}) come out ` +
    "as Datadog's tests say, in the pipelines of which the stand-in has every processor; " +
    `${passed} of all ${samples}.`
  );
}

/** `99.3 %`, rounded down, so that 100 % means all. */
export function percent(part: number, whole: number): string {
  const tenths = whole === 0 ? 1000 : Math.floor((1000 * part) / whole);
  return `${(tenths / 10).toFixed(1)} %`;
}

/** A sample that differs, and where; for people. */
export function sampleLines({ pipeline, number, differences, notRun }: SampleOutcome): string[] {
  const reasons = [...new Set(notRun)].map((why) => `    ${why}`);
  const shown = differences.map(({ path, expected, actual }) => {
    return `    ${path}: expected ${cut(expected)}, got ${cut(actual)}`;
  });
  return [`  ${pipeline} #${number}`, ...reasons, ...shown];
}

function cut(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
