import * as z from "zod";
import { count, documentSchema, ok, stack } from "./document.ts";

const part = z.strictObject({
  name: z.string().describe("`cluster`, `datadog`, `shop` or `agent`"),
  running: z.boolean(),
  address: z.url().nullable(),
  pid: z.int().positive().nullable(),
  detail: z.string().nullable(),
});

const ledger = z.strictObject({
  tried: count.describe("attempts of logged-in customers at the front-end"),
  placed: count.describe("attempts that the front-end answered with 201"),
  answered: z.record(z.string(), count).describe("answered attempts by HTTP status"),
  saved: z.record(z.string(), count).describe("orders in orders-db by their status"),
  authorised: count.describe("payments authorised; an order may hold several"),
  declined: count.describe("payments declined by payment's limit"),
  shipped: count.describe("shipments that shipping accepted"),
  lost: count.describe("paid, no order saved"),
  paidButFailed: count.describe("paid, order saved as PAYMENT_FAILED"),
  paidNotShipped: count.describe("paid, order saved, nothing shipped"),
  duplicated: count.describe("authorisations and orders beyond the first of one request"),
});

export const statusDocument = documentSchema({
  ok,
  stack,
  namespace: z.string().nullable().describe("namespace of the shop; null if nothing is deployed"),
  incident: z.strictObject({
    asked: z.string().describe("state of the flag in the stack's file"),
    applied: z.string().nullable().describe("state that the last update applied"),
  }),
  parts: z.array(part).describe("parts of the sandbox that the stack uses"),
  ledger: ledger.nullable().describe("what became of every order; null if the shop does not run"),
});

export type StatusDocument = z.infer<typeof statusDocument>;
