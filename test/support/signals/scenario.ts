import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { outcomes } from "./shop-lines.ts";

/** Folder of the scenarios, one file each. */
export const scenarioFolder = join(import.meta.dirname, "..", "..", "..", "scenarios", "signals");

const unitMs: Partial<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m30s` or `1h` after the start, in milliseconds. */
const duration = z
  .string()
  .regex(/^(?:\d+[hms])+$/, "expected a duration such as 90s, 5m30s or 1h")
  .transform((text) =>
    [...text.matchAll(/(\d+)([hms])/g)].reduce(
      (sum, [, count, unit = ""]) => sum + Number(count) * (unitMs[unit] ?? 0),
      0,
    ),
  );

const outcome = z.enum(outcomes);

/** The nodes of the cluster, by their names. */
export const nodes = ["node-0", "node-1", "node-2"] as const;
const agent = z.enum([...nodes, "cluster-agent"]);

const schema = z.strictObject({
  title: z.string().min(1),
  /** What is wrong, or that nothing is: the row's name in docs/detection.md. */
  mode: z.string().min(1),
  images: z.enum(["weave", "status-fix"]).default("weave"),
  start: z.iso.datetime().default("2027-01-05T10:00:00Z"),
  lasts: duration,
  /** How late data arrives. */
  lag: z.strictObject({ logs: duration, metrics: duration }).default({ logs: 0, metrics: 0 }),
  /** Orders that were placed before the start: a young stack knows of none, and judges few as many. */
  history: z.strictObject({ lasts: duration, every: duration }).optional(),
  /** Attempts to order, one at a moment or many in a stretch of time, which end in turn as listed. */
  orders: z
    .array(
      z.union([
        z.strictObject({
          at: duration,
          ends: outcome,
          /** How long the order is on its way before the front-end answers. */
          answered: duration.optional(),
        }),
        z.strictObject({
          from: duration,
          to: duration,
          every: duration,
          ends: z.array(outcome).min(1),
        }),
      ]),
    )
    .default([]),
  /** Pods of payment, and ready addresses of its Service, from a moment on. */
  payment: z
    .array(
      z.strictObject({
        from: duration,
        desired: z.int().min(0),
        available: z.int().min(0),
        addresses: z.int().min(0).optional(),
      }),
    )
    .min(1),
  /** How agents count a Service without addresses: newer ones send no series at all. */
  noAddress: z.enum(["no series", "zero"]).default("no series"),
  /** When the load Job's pod is there, and from when on it has completed. */
  load: z.strictObject({ from: duration, completes: duration.optional(), to: duration }).optional(),
  /** Lines that a pod of orders prints besides those of its orders. */
  prints: z
    .array(
      z.strictObject({
        from: duration,
        to: duration,
        every: duration,
        text: z.string().min(1),
      }),
    )
    .default([]),
  /** Agents that send nothing for a time. */
  silent: z
    .array(z.strictObject({ from: duration, to: duration, agents: z.array(agent).min(1) }))
    .default([]),
  /** Agents that say of themselves for a time that they are not well. */
  unwell: z
    .array(
      z.strictObject({
        from: duration,
        to: duration,
        agent: z.enum(nodes),
        status: z.enum(["WARNING", "CRITICAL"]),
      }),
    )
    .default([]),
  /**
   * When the fault begins, and how soon somebody must be told; `never` where it is too small to be told
   * of. Absent: nothing is wrong, and nobody must be told.
   */
  fault: z
    .strictObject({ from: duration, within: z.union([z.literal("never"), duration]) })
    .optional(),
  /**
   * Every change of status but the first to OK, as `<minute> <status>`, by monitor. Monitors that are
   * not listed must not change.
   */
  expect: z
    .record(
      z.string(),
      z.array(z.string().regex(/^\d+ (?:OK|Warn|Alert|No Data)(?: \S+)?$/)).min(1),
    )
    .default({}),
});

export type Scenario = z.infer<typeof schema> & { readonly name: string };

/**
 * Reads one scenario.
 *
 * @throws one line for each problem: file, key, what may stand there
 */
function readScenario(file: string): Scenario {
  const name = basename(file, ".yaml");
  const result = schema.safeParse(parse(readFileSync(file, "utf8")));
  if (result.success) return { name, ...result.data };
  const problems = result.error.issues.map(
    ({ path, message }) => `${basename(file)}: ${path.join(".") || "the file"}: ${message}`,
  );
  throw new Error(problems.join("\n"));
}

/** Every scenario, by name. */
export function allScenarios(folder = scenarioFolder): readonly Scenario[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => readScenario(join(folder, file)));
}
