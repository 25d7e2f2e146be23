import { createHash } from "node:crypto";
import type { LogLine } from "../../sandbox/shop/pod/pod-log.ts";
import { rfc3339Nano, springTime } from "../../sandbox/shop/formats/date.ts";
import type { HttpRequest } from "../../sandbox/http/message.ts";
import { runSteps } from "../../sandbox/synthetics/run-steps.ts";
import { sendToFrontEnd } from "../../sandbox/synthetics/send-step.ts";
import type { TestDefinition } from "../../sandbox/synthetics/test-definition.ts";
import { type Generation, type Shop, startShop } from "./simulated-shop.ts";
import { request, shopper, socks } from "./shopper.ts";

/** How an attempt to order ends. */
export const outcomes = [
  "placed",
  "declined",
  "payment-refused",
  "payment-error",
  "payment-timeout",
  "payment-unreachable",
  "shipping-timeout",
] as const;

type Outcome = (typeof outcomes)[number];

/** One line that a pod printed, a time after the start of what made it print. */
export interface ShopLine extends LogLine {
  readonly workload: string;
}

/** What the shop's programs print: real lines of the stand-in shop, in its formats. */
export interface ShopLines {
  readonly order: Readonly<Record<Outcome, readonly ShopLine[]>>;
  /** Payment's answer to a probe. */
  readonly heartbeat: readonly ShopLine[];
  /** Payment's first line. */
  readonly start: readonly ShopLine[];
}

const workloads = ["front-end", "orders", "payment", "shipping", "queue-master"] as const;
const timeoutMs = 5_000;

/** Orders once for each outcome in a shop of its own, and keeps what its pods print meanwhile. */
export async function recordShop(generation: Generation): Promise<ShopLines> {
  const order = {} as Record<Outcome, readonly ShopLine[]>;
  for (const outcome of outcomes) order[outcome] = await recordOrder(generation, outcome);
  const shop = await startShop(generation);
  try {
    const start = linesAfter(shop, new Map()).filter(({ workload }) => workload === "payment");
    const before = counts(shop);
    await fetch(`${shop.url("payment")}/health`);
    return { order, start, heartbeat: linesAfter(shop, before) };
  } finally {
    await shop.close();
  }
}

async function recordOrder(generation: Generation, outcome: Outcome): Promise<readonly ShopLine[]> {
  const shop = await startShop(generation);
  try {
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    const dear = outcome === "declined";
    await customer.fillCart(...(dear ? [socks.holy, socks.superSport] : [socks.figueroa]));
    // The first request of all prints more than the others.
    await customer.order();
    const before = counts(shop);
    await ordering(shop, outcome, () => customer.order());
    return linesAfter(shop, before);
  } finally {
    await shop.close();
  }
}

/**
 * How attempts to order may end so that the declared steps of the checkout still pass: they are run
 * once for each outcome, in a shop of its own.
 */
export async function passingOutcomes(
  generation: Generation,
  config: TestDefinition["config"],
): Promise<ReadonlySet<string>> {
  const passing = new Set<string>();
  for (const outcome of outcomes) {
    const shop = await startShop(generation);
    try {
      await ordering(shop, outcome, async () => {
        const { passed } = await runSteps(config, sendToFrontEnd(shop.url("front-end")));
        if (passed) passing.add(outcome);
      });
    } finally {
      await shop.close();
    }
  }
  return passing;
}

/** Orders while something is wrong, or nothing. */
async function ordering(shop: Shop, outcome: Outcome, order: () => Promise<unknown>) {
  if (outcome === "payment-refused") await shop.stop("payment");
  if (outcome === "payment-error") {
    const answer = { status: 500, headers: {}, body: "fault filter abort" };
    await shop.divert("payment", () => Promise.resolve(answer));
  }
  if (outcome === "payment-unreachable") return unanswered(shop, order);
  if (outcome === "payment-timeout") return tooLate(shop, "payment", order);
  if (outcome === "shipping-timeout") return tooLate(shop, "shipping", order);
  return order();
}

/** The connection to payment is neither accepted nor refused: the request never arrives. */
async function unanswered(shop: Shop, order: () => Promise<unknown>) {
  const sent = new Promise<void>((resolve) => {
    void shop.divert("payment", () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
  const pending = order();
  await sent;
  shop.clock.pass(timeoutMs);
  await pending;
}

/** The request waits for longer than orders does, and then reaches the service after all. */
async function tooLate(shop: Shop, service: string, order: () => Promise<unknown>) {
  const url = shop.url(service);
  const asked = new Promise<HttpRequest>((resolve) => {
    void shop.divert(service, (late) => {
      resolve(late);
      return new Promise(() => undefined);
    });
  });
  const pending = order();
  const { path, headers, body } = await asked;
  shop.clock.pass(timeoutMs);
  await pending;
  const trace = String(headers["x-b3-traceid"]);
  await request(url + path, "POST", { headers: { "x-b3-traceid": trace }, body });
}

function counts(shop: Shop): ReadonlyMap<string, number> {
  return new Map(workloads.map((workload) => [workload, linesOf(shop, workload).length]));
}

function linesAfter(shop: Shop, before: ReadonlyMap<string, number>): readonly ShopLine[] {
  return workloads
    .flatMap((workload) =>
      linesOf(shop, workload)
        .slice(before.get(workload) ?? 0)
        .map((line) => ({ ...line, workload })),
    )
    .sort((a, b) => Number(a.nanos - b.nanos));
}

function linesOf(shop: Shop, workload: string): readonly LogLine[] {
  try {
    return shop.pod(workload).lines.recent();
  } catch {
    return []; // it was stopped: that is the point
  }
}

/**
 * Recorded lines as they would have been printed at another time, about other orders and traces:
 * times and hexadecimal ids in the text are replaced.
 */
export function replayedLines(
  lines: readonly ShopLine[],
  at: number,
  seed: string,
): readonly ShopLine[] {
  const start = (lines[0]?.nanos ?? 0n) / 1_000_000n;
  const shift = (BigInt(Math.round(at)) - start) * 1_000_000n;
  return lines.map((line) => ({
    ...line,
    nanos: line.nanos + shift,
    text: line.text
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}/g, (time) =>
        springTime(shifted(time, shift)),
      )
      .replaceAll(/(?<=ts=)\S+Z/g, (time) => goTime(time, line.nanos + shift, shift))
      .replaceAll(/\b(?=\d*[a-f])(?:[0-9a-f]{24}|[0-9a-f]{16})\b/g, (id) => otherId(id, seed)),
  }));
}

/** Whole seconds stay whole: they are those of the moment at which the line is printed. */
function goTime(time: string, printed: bigint, shift: bigint): string {
  return rfc3339Nano(
    time.includes(".") ? shifted(time, shift) : printed - (printed % 1_000_000_000n),
  );
}

function shifted(time: string, shift: bigint): bigint {
  const zoned = time.endsWith("Z") ? time : `${time.replace(" ", "T")}Z`;
  return BigInt(Date.parse(zoned)) * 1_000_000n + shift;
}

function otherId(id: string, seed: string): string {
  return createHash("sha256").update(`${seed} ${id}`).digest("hex").slice(0, id.length);
}
