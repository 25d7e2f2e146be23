import * as z from "zod";
import { count, documentSchema, ok } from "./document.ts";

const event = {
  text: z.string().describe("the lines of the event after masking"),
  lines: count,
};

export const logsTestDocument = documentSchema({
  ok,
  service: z.string().describe("service whose rules were used"),
  events: z.array(
    z.union([
      z.strictObject({
        ...event,
        droppedBy: z.string().describe("rule of the agent that drops the event"),
      }),
      z.strictObject({
        ...event,
        source: z.string(),
        status: z.string(),
        timestamp: z.iso.datetime(),
        message: z.string().describe("message after the pipeline"),
        attributes: z.record(z.string(), z.unknown()),
        steps: z
          .array(
            z.strictObject({
              at: z.array(z.string()).describe("names of the pipelines and of the processor"),
              type: z.string(),
              effect: z.string(),
              rule: z.string().nullable().describe("grok rule that matched"),
            }),
          )
          .describe("processors that ran"),
        stop: z
          .strictObject({ rule: z.string(), part: z.string(), rest: z.string() })
          .nullable()
          .describe("if no grok rule matched: the rule that came farthest, and where it stopped"),
      }),
    ]),
  ),
});

export type LogsTestDocument = z.infer<typeof logsTestDocument>;

const differences = z.array(z.string()).describe("what differs from the expectation");

export const signalsTestDocument = documentSchema({
  ok,
  scenarios: z.array(z.strictObject({ name: z.string(), lines: count, logs: count, differences })),
  thresholds: z
    .strictObject({ cases: count, monitors: count, differences })
    .nullable()
    .describe("null if scenarios were named"),
  mutants: z
    .strictObject({
      tried: count,
      unexplained: z.array(z.string()).describe("changes that nothing notices"),
      explained: z.array(z.string()).describe("the same, with a known reason"),
      stale: z.array(z.string()).describe("known reasons that nothing needs any more"),
    })
    .nullable()
    .describe("null without --mutants"),
});

export type SignalsTestDocument = z.infer<typeof signalsTestDocument>;
