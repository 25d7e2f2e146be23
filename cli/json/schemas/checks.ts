import * as z from "zod";
import { count, documentSchema, fix, ok, stack } from "./document.ts";

export const doctorDocument = documentSchema({
  ok,
  stack,
  findings: z.array(
    z.strictObject({
      ok: z.boolean(),
      what: z.string().describe("tool with its version, port or folder"),
      found: z.string(),
      fix: z.string().nullable().describe("what to do; null if nothing is wrong"),
    }),
  ),
});

export type DoctorDocument = z.infer<typeof doctorDocument>;

const violation = z.strictObject({
  policy: z.string(),
  level: z.string().describe("`mandatory` or `advisory`"),
  resource: z.string().nullable().describe("null for the stack as a whole"),
  message: z.string(),
});

export const driftDocument = documentSchema({
  ok,
  stack,
  resources: count.describe("resources that were compared"),
  drifted: z.array(
    z.strictObject({
      resource: z.string().describe("kind and name"),
      what: z.string().describe("`differs`, `is missing` or `is not declared any more`"),
      properties: z.array(
        z.strictObject({ path: z.string(), found: z.string(), declared: z.string() }),
      ),
    }),
  ),
  violations: z.array(violation).describe("mandatory policies that the preview violates"),
  fix,
});

export type DriftDocument = z.infer<typeof driftDocument>;

const operation = z.enum(["create", "delete", "update", "replace"]);

const contractShape = {
  pairs: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        differences: z.array(
          z.strictObject({
            path: z.string().describe("types from the outermost component to the resource"),
            resource: z.string().describe("type and name"),
            operation,
            properties: z.array(z.string()).describe("properties that differ, if any is named"),
            allowedBy: z.string().nullable().describe("what allows it; null if nothing does"),
          }),
        ),
      }),
    )
    .describe("every change of the flag from one state to another"),
  problems: z.array(z.string()).describe("what breaks the contract"),
};

export const contractDocument = documentSchema({ ok, ...contractShape });

export type ContractDocument = z.infer<typeof contractDocument>;

export const reviewDocument = documentSchema({
  ok,
  base: z.string().nullable().describe("commit that the change is compared with, if there is one"),
  report: z.string().describe("file of the report, relative to the checkout"),
  objections: z.array(z.string()).describe("reasons not to merge the change"),
  changes: z
    .array(
      z.strictObject({
        state: z.string().describe("state of the flag"),
        resources: z.array(
          z.strictObject({ resource: z.string(), operation, properties: z.array(z.string()) }),
        ),
      }),
    )
    .describe("what the change does to the declared resources"),
  contract: z.strictObject(contractShape),
  previews: z.array(
    z.strictObject({
      name: z.string().describe("stack, and state of the flag"),
      complete: z.boolean(),
      policies: count.describe("policies that were checked"),
      violations: z.array(violation),
    }),
  ),
  detection: z.array(z.string()).describe("changed lines of docs/detection.md"),
});

export type ReviewDocument = z.infer<typeof reviewDocument>;
