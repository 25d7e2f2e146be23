import type { Unit } from "../api/shapes.ts";
import type { Formula } from "./requests.ts";

/** Units that are scaled; any other name is shown as it is. */
const known: Partial<Record<string, Omit<Unit, "name">>> = {
  nanosecond: { family: "time", short_name: "ns", scale_factor: 1e-9 },
  microsecond: { family: "time", short_name: "µs", scale_factor: 1e-6 },
  millisecond: { family: "time", short_name: "ms", scale_factor: 1e-3 },
  second: { family: "time", short_name: "s", scale_factor: 1 },
  minute: { family: "time", short_name: "min", scale_factor: 60 },
  byte: { family: "bytes", short_name: "B", scale_factor: 1 },
  percent: { family: "percentage", short_name: "%", scale_factor: 1 },
  dollar: { family: "money", short_name: "$", scale_factor: 1 },
};

/** The unit that a formula declares; it wins over the one that the API names. */
export function declaredUnit(formula: Formula | undefined): Unit | undefined {
  const { unit_name: name, label } = formula?.number_format?.unit ?? {};
  const shown = typeof name === "string" ? name : label;
  if (typeof shown !== "string" || shown === "") return undefined;
  const scaled = Object.hasOwn(known, shown) ? known[shown] : undefined;
  return { name: shown, ...(scaled ?? { family: "custom", short_name: shown, scale_factor: 1 }) };
}
