import type { State, SyntheticsTest } from "../state.ts";

/** Seconds between two runs: https://docs.datadoghq.com/api/latest/synthetics/ */
const ticks = { shortest: 30, longest: 604_800 };

/** What is wrong with a test beyond its shape. What Datadog says in each case is assumed. */
export function whyNotTest(
  state: State,
  {
    config,
    locations,
    options,
    type,
    subtype,
  }: Pick<SyntheticsTest, "config" | "locations" | "options" | "type" | "subtype">,
): string | undefined {
  if (type !== "api" || subtype !== "multi") {
    return `the stand-in takes API tests of several steps, not ${type} ${subtype}`;
  }
  if ((config.steps ?? []).length === 0) return "config.steps must not be empty";
  if (locations.length === 0) return "locations must not be empty";
  const known = state.synthetics.locations.map(({ id }) => id);
  const unknown = locations.find((one) => one.startsWith("pl:") && !known.includes(one));
  if (unknown !== undefined) return `location ${unknown} does not exist`;
  const { tick_every: tick } = options;
  return tick !== undefined && (tick < ticks.shortest || tick > ticks.longest)
    ? `options.tick_every must be from ${ticks.shortest} to ${ticks.longest}, got ${tick}`
    : undefined;
}
