import * as z from "zod";
import { outcomes } from "./shop-lines.ts";

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

function atLeast(ms: number, text: string) {
  return duration.refine((value) => value >= ms, `expected ${text} or more`);
}

const every = atLeast(1000, "1s");
const outcome = z.enum(outcomes);

/** The nodes of the cluster, by their names. */
export const nodes = ["node-0", "node-1", "node-2"] as const;
const agent = z.enum([...nodes, "cluster-agent"]);

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Nothing happens in a stretch of time that ends before it begins. */
const forward: [(stretch: Stretch) => boolean, { path: string[]; message: string }] = [
  ({ from, to }) => from < to,
  { path: ["to"], message: "expected a time after `from`" },
];

const oneOrder = z.strictObject({
  at: duration,
  ends: outcome,
  /** How long the order is on its way before the front-end answers. */
  answered: duration.optional(),
});

const manyOrders = z
  .strictObject({ from: duration, to: duration, every, ends: z.array(outcome).min(1) })
  .refine(...forward);

/** Told apart by `at` before they are read, as a union of both does not say what is wrong with one. */
const orders = z.unknown().transform((given, context) => {
  const isOne = typeof given === "object" && given !== null && "at" in given;
  const result = (isOne ? oneOrder : manyOrders).safeParse(given);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
  return z.NEVER;
});

const shape = z.strictObject({
  title: z.string().min(1),
  /** What is wrong, or that nothing is: the row's name in docs/detection.md. */
  mode: z.string().min(1),
  images: z.enum(["weave", "status-fix"]).default("weave"),
  start: z.iso.datetime().default("2027-01-05T10:00:00Z"),
  lasts: atLeast(60_000, "1m"),
  /** How late data arrives. */
  lag: z.strictObject({ logs: duration, metrics: duration }).default({ logs: 0, metrics: 0 }),
  /** Orders that were placed before the start: a young stack knows of none, and judges few as many. */
  history: z.strictObject({ lasts: every, every }).optional(),
  /** Attempts to order, one at a moment or many in a stretch of time, which end in turn as listed. */
  orders: z.array(orders).default([]),
  /**
   * Runs of the synthetic checkout, each of which is an order of its own. With any, the stack is the
   * one that declares the checkout.
   */
  checkout: z.array(manyOrders).default([]),
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
  load: z
    .strictObject({ from: duration, completes: duration.optional(), to: duration })
    .refine(...forward)
    .optional(),
  /** Lines that a pod of orders prints besides those of its orders. */
  prints: z
    .array(
      z
        .strictObject({ from: duration, to: duration, every, text: z.string().min(1) })
        .refine(...forward),
    )
    .default([]),
  /** Agents that send nothing for a time. */
  silent: z
    .array(
      z
        .strictObject({ from: duration, to: duration, agents: z.array(agent).min(1) })
        .refine(...forward),
    )
    .default([]),
  /** Agents that say of themselves for a time that they are not well. */
  unwell: z
    .array(
      z
        .strictObject({
          from: duration,
          to: duration,
          agent: z.enum(nodes),
          status: z.enum(["WARNING", "CRITICAL"]),
        })
        .refine(...forward),
    )
    .default([]),
  /**
   * When the fault begins, and how soon the first notification must come; `never` where the fault is
   * too small to notify. Absent: nothing is wrong, and nothing must notify.
   */
  fault: z
    .strictObject({
      from: duration,
      within: z.union([z.literal("never"), duration], "expected a duration such as 5m, or never"),
    })
    .optional(),
  /** When begins what is no fault: the page docs/detection.md counts from then on. */
  happens: duration.optional(),
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

/** A scenario, in which all that is to happen happens before it ends. */
export const scenarioSchema = shape.superRefine((scenario, context) => {
  const problem = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: "custom", path, message });
  };
  for (const [path, time] of timesOf(scenario)) {
    if (time > scenario.lasts) problem([...path], "expected a time within `lasts`");
  }
  if (scenario.fault !== undefined && scenario.happens !== undefined) {
    problem(["happens"], "expected either this or `fault`");
  }
});

const timeKeys = ["at", "from", "completes", "to", "happens"] as const;

/** Every moment of a scenario, by where it stands. */
function timesOf(scenario: z.infer<typeof shape>) {
  const {
    orders,
    checkout,
    payment,
    prints,
    silent,
    unwell,
    load = {},
    fault = {},
    happens,
  } = scenario;
  const lists = Object.entries({ orders, checkout, payment, prints, silent, unwell });
  const parts: readonly (readonly [readonly PropertyKey[], object])[] = [
    ...lists.flatMap(([name, list]) => list.map((part, index) => [[name, index], part] as const)),
    [["load"], load],
    [["fault"], fault],
    [[], { happens }],
  ];
  return parts.flatMap(([path, part]) =>
    timeKeys.flatMap((key) => {
      const time = (part as Partial<Record<string, unknown>>)[key];
      return typeof time === "number" ? [[[...path, key], time] as const] : [];
    }),
  );
}
