import * as z from "zod";
import { imageReference, key, truth } from "./documented-key.ts";

/** Keys of what the stack declares in Datadog beside its monitors, and of whom these notify. */
export const signals = {
  notify: key(
    z
      .array(
        z
          .string()
          .max(100)
          .regex(/^@\S+$/),
      )
      .default([]),
    {
      expected: "a list of handles without spaces, each beginning with @",
      meaning:
        "Handles that notifying monitors mention: people, teams and integrations in Datadog. " +
        "Empty: nobody.",
      example: '["@slack-sock-shop", "@oncall@example.com"]',
    },
  ),
  routing: key(z.enum(["messages", "rules"]).default("messages"), {
    expected: '"messages" or "rules"',
    meaning:
      "How alerts get to the handles in notify: mentioned by each message, or by notification rules " +
      "that go by the monitors' tags. Rules need the permission monitor_config_policy_write, which " +
      "only administrators have by default.",
    example: "rules",
  }),
  declareIncidents: key(truth.default(false), {
    expected: "true or false",
    meaning:
      "Whether the monitor of the root cause, payment-down, declares an incident in Datadog, by a " +
      "workflow that it triggers, at most once an hour. It needs Incident Management and Workflow " +
      "Automation, which Datadog bills each, and the right to publish workflows. Drills declare " +
      "incidents, too, unless notifyDrills is false.",
    example: "true",
  }),
  onCall: key(
    z
      .strictObject({
        team: key(z.uuid(), {
          expected: "the id of a team in Datadog",
          meaning:
            "Team whose pages take this stack's escalation. All rules of the team are replaced: give " +
            "it no other work.",
          example: "00000000-0000-1000-8000-000000000001",
        }),
        users: key(z.array(z.uuid()).min(1), {
          expected: "a list of at least one id of a user in Datadog",
          meaning: "Who is on call, a week each, in this order.",
          example: '["00000000-0000-1000-8000-000000000002"]',
        }),
      })
      .optional(),
    {
      expected: "a group of team and users",
      meaning:
        "Declares a schedule, an escalation and routing rules in Datadog On-Call, which Datadog bills " +
        "by the seat. Monitors page the team once its handle, @oncall-…, is in notify. Absent: none.",
      example:
        "{ team: 00000000-0000-1000-8000-000000000001, " +
        "users: [00000000-0000-1000-8000-000000000002] }",
    },
  ),
  notifyDrills: key(truth.default(true), {
    expected: "true or false",
    meaning:
      "Whether a staged incident notifies. `false` mutes the monitors of this stack from entering the " +
      "incident to leaving it, by a downtime that ends with the lease at the latest.",
    example: "false",
  }),
  secretScanner: key(truth.default(false), {
    expected: "true or false",
    meaning:
      "Whether Datadog's Sensitive Data Scanner masks card numbers, passwords, tokens and e-mail " +
      "addresses in this stack's logs: a second net behind the agent's masks. Datadog bills the " +
      "scanned logs by size (Sensitive Data Scanner).",
    example: "true",
  }),
  synthetics: key(z.enum(["none", "private"]).default("none"), {
    expected: '"none" or "private"',
    meaning:
      "Whether a synthetic customer registers and orders every minute: `private` runs " +
      "Datadog's worker of a private location beside the shop. The only signal while nobody orders. " +
      "Datadog bills the runs, 1440 a day of five steps each (Synthetic Monitoring); each leaves a " +
      "customer and an order in the shop.",
    example: "private",
  }),
  syntheticsImage: key(
    imageReference.default("gcr.io/datadoghq/synthetics-private-location-worker:1.60.0"),
    {
      expected: "an image with a tag or digest",
      meaning: "Image of the worker, with synthetics `private`.",
      example: "registry.example.com/datadog/synthetics-private-location-worker:1.60.0",
    },
  ),
};
