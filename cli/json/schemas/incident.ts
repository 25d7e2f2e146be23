import * as z from "zod";
import { count, documentSchema, fix, ok, stack, time } from "./document.ts";

const routes = z
  .array(z.strictObject({ service: z.string(), pods: z.string() }))
  .describe("Services, and the name of the pods that each selects");

const proxy = { name: z.string(), fault: z.string(), desired: count.describe("declared pods") };

const lease = {
  name: z.string().describe("Deployment of the guard"),
  lasts: z.string().describe("length as configured, for example `2h`"),
  endsAt: time.nullable(),
};

export const incidentStatusDocument = documentSchema({
  ok,
  stack,
  asked: z.string().describe("state of the flag in the stack's file"),
  applied: z
    .strictObject({
      incident: z.string().nullable(),
      namespace: z.string(),
      paymentReplicas: count.nullable(),
      routes,
      proxies: z.array(z.strictObject(proxy)),
      loadJobs: z.array(z.string()),
      lease: z.strictObject(lease).nullable(),
    })
    .nullable()
    .describe("what the last update applied; null if nothing is deployed"),
  live: z
    .strictObject({
      payment: z.strictObject({ desired: count, available: count }).nullable(),
      readyEndpoints: count.describe("pods that the Service payment sends requests to"),
      routes,
      proxies: z.array(z.strictObject({ ...proxy, available: count })),
      loadJobs: z.array(z.strictObject({ name: z.string(), state: z.string() })),
      lease: z.strictObject({ ...lease, available: count, expired: z.boolean() }).nullable(),
    })
    .nullable()
    .describe("what the Kubernetes API says; null if it does not answer"),
  problems: z.array(z.string()).describe("where the three differ"),
  fix,
});

export type IncidentStatusDocument = z.infer<typeof incidentStatusDocument>;

export const incidentOverdueDocument = documentSchema({
  ok,
  stack,
  incident: z
    .strictObject({
      name: z.string(),
      since: time,
      lease: z.strictObject(lease).nullable(),
    })
    .nullable()
    .describe("the incident that is on; null if none is"),
  problem: z.string().nullable().describe("why it is on for too long"),
  fix,
});

export type IncidentOverdueDocument = z.infer<typeof incidentOverdueDocument>;
