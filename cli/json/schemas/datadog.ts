import * as z from "zod";
import { count, documentSchema, ok, stack, time } from "./document.ts";

export const monitorsDocument = documentSchema({
  ok,
  stack,
  standIn: z.boolean().describe("true if the sandbox's stand-in answered and no Datadog account"),
  monitors: z
    .array(
      z.strictObject({
        id: z.int(),
        name: z.string(),
        state: z.string().describe("as Datadog names it: `OK`, `Alert`, `Warn`, `No Data`, …"),
        since: time.nullable().describe("time of the last change of the state"),
        priority: z.int().nullable().describe("1 (highest) to 5"),
        notifies: z.boolean().describe("false if it is tagged `notifies:nobody`"),
        tags: z.array(z.string()),
        url: z.url(),
        groups: z
          .array(z.strictObject({ name: z.string(), state: z.string() }))
          .describe("groups that are not OK"),
      }),
    )
    .describe("worst state first"),
});

export type MonitorsDocument = z.infer<typeof monitorsDocument>;

export const logsDocument = documentSchema({
  ok,
  stack,
  query: z.string(),
  from: z.string().describe("how far the search looked back, for example `15m`"),
  limit: count,
  complete: z.boolean().describe("false if the limit was reached, so that there may be more"),
  logs: z
    .array(
      z.strictObject({
        timestamp: z.string(),
        status: z.string(),
        service: z.string(),
        message: z.string(),
        tags: z.array(z.string()),
        attributes: z.record(z.string(), z.unknown()),
      }),
    )
    .describe("oldest first"),
});

export type LogsDocument = z.infer<typeof logsDocument>;
