import * as z from "zod";
import { arrivals, controls, ordersTimeout } from "../components/incident/plan.ts";
import { duration, imageReference, key, quoted, whole } from "./documented-key.ts";

const runTime = duration((seconds) => seconds >= 10 && seconds <= 3600);
const lease = duration((seconds) => seconds >= 60 && seconds <= 24 * 3600);
const delay = duration((seconds) => seconds <= 60 && seconds !== ordersTimeout);

/** How long an incident may last. */
export const incidentLease = key(lease.default("2h"), {
  expected: "a duration from 1m to 24h, such as 90s, 30m or 2h",
  unit: "s, m or h",
  meaning:
    "How long an incident lasts at most. A guard in the cluster then restores the healthy shop, " +
    "even if nobody is there to do it. The time counts from entering the state; at least as long " +
    "as load.runTime.",
  example: "30m",
});

/** Group `load`. */
export const load = key(
  z
    .strictObject({
      users: key(whole(0, 500).default(10), {
        expected: "a whole number from 0 to 500",
        unit: "customers",
        meaning:
          "Virtual customers who order at the same time while an incident lasts. 0: no load Job.",
        example: "10",
      }),
      rate: key(whole(1, 100).default(2), {
        expected: "a whole number from 1 to 100",
        unit: "customers per second",
        meaning: "How many customers start per second until all are there.",
        example: "2",
      }),
      runTime: key(runTime.default("2m"), {
        expected: "a duration from 10s to 1h, such as 90s, 2m or 1h",
        unit: "s, m or h",
        meaning: "How long the customers keep ordering. `pulumi up` does not wait for it.",
        example: "2m",
      }),
      seed: key(whole(0, 4294967295).optional(), {
        expected: "a whole number from 0 to 4294967295",
        meaning:
          "Seed of what each customer orders and how long they pause. The same seed sends the same " +
          "orders for each customer; the Job's last line has their hash. Absent: chance decides.",
        example: "42",
      }),
      arrivals: key(z.enum(arrivals).default("closed"), {
        expected: quoted(arrivals),
        meaning:
          "When customers order. `closed`: a pause after the answer to the last order, so that a " +
          "slow shop gets fewer orders. `open`: at the times of a fixed schedule, however long the " +
          "shop takes.",
        example: "open",
      }),
      workers: key(whole(1, 10).default(1), {
        expected: "a whole number from 1 to 10",
        unit: "pods",
        meaning:
          "Pods that share the customers. From 2 on, locust's workers run in a Job of their own and " +
          "its master counts their orders as one load. With `load.seed` the customers are the same " +
          "as of one pod where `load.users` is a multiple of the pods; no customer repeats another.",
        example: "3",
      }),
      image: key(imageReference.default("locustio/locust:2.47.0"), {
        expected: "an image with a tag or digest",
        meaning: "Image of the load generator.",
        example: "registry.example.com/locustio/locust:2.47.0",
      }),
      withoutIncident: key(z.enum(controls).default("nothing"), {
        expected: quoted(controls),
        meaning:
          "What customers do while no incident is staged. `orders` and `declines` are the negative " +
          "controls: orders that must all be placed, or carts so dear that payment must decline " +
          "them all. Either changes the load alone; in an incident it is the incident's own.",
        example: "orders",
      }),
    })
    .prefault({}),
  {
    expected: "a group of users, rate, runTime, seed, arrivals, workers, image and withoutIncident",
    meaning: "The load that comes and goes with an incident.",
    example: "{ users: 20, runTime: 5m }",
  },
);

/** Group `faults`. */
export const faults = key(
  z
    .strictObject({
      delay: key(delay.default("8s"), {
        expected: `a duration from 1s to 60s other than ${ordersTimeout}s, such as 8s or 1m`,
        unit: "s or m",
        meaning:
          "How long the slow states hold a call back. orders waits for 5 s: a longer delay makes " +
          "each order that is hit fail with a timeout, a shorter one lets it through late. At 5 s " +
          "sharp chance would decide.",
        example: "8s",
      }),
      status: key(whole(500, 599).default(500), {
        expected: "a whole number from 500 to 599",
        meaning: "HTTP status that `payment-errors` answers with.",
        example: "503",
      }),
      percentage: key(whole(10, 100).default(100), {
        expected: "a whole number from 10 to 100",
        unit: "percent of the calls",
        meaning: "Share of the calls that a slow or failing state hits; the others pass.",
        example: "30",
      }),
      image: key(imageReference.default("envoyproxy/envoy:v1.40.0"), {
        expected: "an image with a tag or digest",
        meaning: "Envoy image of the proxy that carries the fault.",
        example: "registry.example.com/envoyproxy/envoy:v1.40.0",
      }),
    })
    .prefault({}),
  {
    expected: "a group of delay, status, percentage and image",
    meaning: "What goes wrong in `payment-slow`, `payment-errors` and `shipping-slow`.",
    example: "{ delay: 12s, percentage: 30 }",
  },
);
