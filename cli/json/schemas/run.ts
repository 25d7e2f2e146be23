import * as z from "zod";
import { count, documentSchema, ok, stack, time } from "./document.ts";

const mark = z
  .strictObject({
    at: time,
    seconds: z.int().describe("since the fault landed"),
    by: z.string().describe("who or what did it"),
  })
  .nullable();

const run = z.strictObject({
  run: z.string().describe("name of the folder in `runs/`"),
  incident: z.string(),
  verdict: z
    .enum(["valid", "invalid", "broken"])
    .describe("`invalid`: a condition did not hold; `broken`: lab itself failed"),
  phases: z.array(
    z.strictObject({
      phase: z.string(),
      status: z.enum(["met", "unmet", "broken", "skipped"]),
      problems: z.array(z.string()),
    }),
  ),
  landed: time.nullable().describe("when the fault was written"),
  proven: time.nullable().describe("when both proofs were there"),
  detected: mark.describe("first monitor that notifies"),
  mitigated: mark.describe("the fault is gone"),
  recovered: mark.describe("an order is placed again"),
  restoredBy: z.string().describe("who restored the shop, or `still broken`"),
  orders: z
    .strictObject({
      tried: count,
      placed: count,
      failed: count,
      declined: count,
      lost: count,
      paidButFailed: count,
      paidNotShipped: count,
      duplicated: count,
    })
    .nullable()
    .describe("by the ledger; null without one"),
  load: z
    .strictObject({
      seed: z.string(),
      customers: count,
      sequence: z.string().describe("SHA-256 of the planned orders of each customer"),
      kept: z.boolean(),
    })
    .nullable(),
  notMeasured: z.array(z.string()),
});

export const incidentRunDocument = documentSchema({
  ok: ok.describe("true if every run is valid; exit code 0, else 4 (invalid) or 5 (broken)"),
  stack,
  runs: z.array(run),
  comparison: z
    .array(z.array(z.string()))
    .nullable()
    .describe("median and range of each figure with `--repeat`, as rows of a table"),
});

export const incidentVerifyDocument = documentSchema({
  ok,
  bundle: z.string(),
  files: count.describe("files that the bundle has beside its manifest"),
  tampered: z.array(z.string()).describe("files that were changed, added or removed"),
  leaks: z.array(z.string()).describe("where cards and keys are; they are not shown"),
});

export const replayDocument = documentSchema({
  ok,
  bundle: z.string(),
  comparedWith: z.string(),
  monitors: z.array(
    z.strictObject({
      name: z.string(),
      intervals: z.array(z.strictObject({ status: z.string(), from: time, minutes: count })),
      minutes: z.record(z.string(), count).describe("by status"),
      why: z.string().nullable().describe("why it was not evaluated"),
    }),
  ),
  differences: z.array(z.string()),
});

export type ReplayDocument = z.infer<typeof replayDocument>;

export type IncidentVerifyDocument = z.infer<typeof incidentVerifyDocument>;

export type IncidentRunDocument = z.infer<typeof incidentRunDocument>;
