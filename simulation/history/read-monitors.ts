import * as z from "zod";
import type { TriedMonitor } from "./backtest.ts";

const monitorSchema = z.looseObject({
  id: z.union([z.int(), z.string().regex(/^\d+$/)]).optional(),
  name: z.string().min(1),
  type: z.string().min(1),
  query: z.string().min(1),
  options: z.looseObject({}).nullish(),
});

type Wire = z.infer<typeof monitorSchema>;

/**
 * Reads monitors of any account or stack: a list as `GET /api/v1/monitor` answers it, one with
 * `monitors`, or what `pulumi stack export` prints.
 *
 * @throws one line: which monitor, what is wrong with it
 */
export function readMonitors(text: string): TriedMonitor[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error("the monitors are no JSON", { cause });
  }
  const list = listIn(value);
  if (list.length === 0) {
    throw new Error("there is no monitor: give a list, or what pulumi stack export prints");
  }
  return list.map((one, index) => {
    const parsed = monitorSchema.safeParse(one);
    if (parsed.success) return monitorOf(parsed.data, index);
    const [issue] = parsed.error.issues;
    throw new Error(
      `monitor ${index + 1}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    );
  });
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { monitors, deployment, checkpoint } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (Array.isArray(monitors)) return monitors;
  const state = (deployment ?? (checkpoint as { latest?: unknown } | undefined)?.latest ?? {}) as {
    resources?: readonly { type?: string; id?: string; outputs?: object }[];
  };
  return (state.resources ?? [])
    .filter(({ type }) => type === "datadog:index/monitor:Monitor")
    .map(({ id, outputs = {} }) => ofState({ ...outputs, id }));
}

/** Pulumi keeps options as properties of their own, in other spelling. */
function ofState(outputs: Readonly<Record<string, unknown>>): unknown {
  const options = Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
  const { monitor_thresholds: thresholds, ...rest } = options;
  const values = Object.entries((thresholds ?? {}) as Record<string, unknown>).map(
    ([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      Number(value),
    ],
  );
  return { ...outputs, options: { ...rest, thresholds: Object.fromEntries(values) as unknown } };
}

function monitorOf({ id, name, type, query, options }: Wire, index: number): TriedMonitor {
  return {
    id: id === undefined ? index + 1 : Number(id),
    name,
    type,
    query,
    options: options ?? {},
  };
}
