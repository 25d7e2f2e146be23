import type {
  CheckRun,
  Point,
  Series,
  SyntheticsRun,
} from "../../sandbox/datadog/evaluation/values/data.ts";
import { placeTags } from "../declared/declared.ts";
import type { Scenario } from "./scenario.ts";
import { nodes } from "./scenario-schema.ts";
import { replayedLines, type ShopLine, type ShopLines } from "./shop-lines.ts";

/** Where the pods run whose agents a scenario may silence. */
const nodeOf: Partial<Record<string, (typeof nodes)[number]>> = {
  "front-end": "node-0",
  payment: "node-1",
  orders: "node-2",
  shipping: "node-2",
  "queue-master": "node-2",
};

export function nodeOfWorkload(workload: string): string {
  return nodeOf[workload] ?? nodes[0];
}

export function startOf({ start }: Pick<Scenario, "start">): number {
  return Date.parse(start);
}

const heartbeatMs = 10_000;
const reportMs = 15_000;

/** What the pods print in a scenario, in the order of time. */
export function linesOf(scenario: Scenario, shop: ShopLines): readonly ShopLine[] {
  const start = startOf(scenario);
  const orders = attempts(scenario).flatMap(({ at, ends, answered = 0 }) => {
    return replayedLines(shop.order[ends], start + at, `${at}`).map((line) =>
      line.workload === "front-end" ? later(line, answered) : line,
    );
  });
  const heartbeats = moments(scenario, heartbeatMs)
    .filter((at) => paymentAt(scenario, at).available > 0)
    .flatMap((at) => replayedLines(shop.heartbeat, start + at, "heartbeat"));
  const printed = scenario.prints.flatMap(({ from, to, every, text }) =>
    repeated(from, to, every).map((at): ShopLine => {
      return { workload: "orders", stream: "stdout", nanos: BigInt(start + at) * 1_000_000n, text };
    }),
  );
  return [...orders, ...heartbeats, ...printed]
    .filter(({ workload, nanos }) => {
      const at = Number(nanos / 1_000_000n) - start;
      return !isSilent(scenario, nodeOfWorkload(workload), at);
    })
    .sort((a, b) => (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0));
}

/** When orders were placed before the start, as milliseconds from it. */
export function historyMoments({ history }: Scenario): readonly number[] {
  return history === undefined ? [] : repeated(-history.lasts, 0, history.every);
}

/** The front-end prints no time, so that a line of it can be moved as it is. */
function later(line: ShopLine, millis: number): ShopLine {
  return { ...line, nanos: line.nanos + BigInt(millis) * 1_000_000n };
}

/** Attempts to order, as milliseconds from the start. */
function attempts({
  orders,
  checkout,
}: Scenario): readonly { at: number; ends: keyof ShopLines["order"]; answered?: number }[] {
  return [...orders, ...checkout].flatMap((stretch) => {
    if ("at" in stretch) return [stretch];
    const { from, to, every, ends } = stretch;
    return repeated(from, to, every).map((at, index) => {
      return { at, ends: ends[index % ends.length] ?? "placed" };
    });
  });
}

/** Runs of the synthetic checkout: which of them pass is for the shop to say. */
export function checkoutRuns(
  scenario: Scenario,
  passes: ReadonlySet<string>,
): readonly SyntheticsRun[] {
  const start = startOf(scenario);
  return attempts({ ...scenario, orders: [] })
    .map(({ at, ends }) => ({ at: start + at, location: "pl:any", passed: passes.has(ends) }))
    .sort((a, b) => a.at - b.at);
}

/** Moments in the midst of intervals, so that none stands on the edge of a window. */
function repeated(from: number, to: number, every: number): readonly number[] {
  const count = Math.ceil((to - from) / every);
  return Array.from({ length: count }, (_, index) => from + index * every + every / 2);
}

/** What kube-state-metrics reports of payment and the load Job. */
export function clusterSeries(scenario: Scenario): ReadonlyMap<string, readonly Series[]> {
  const start = startOf(scenario);
  const reports = moments(scenario, reportMs).filter(
    (at) => !isSilent(scenario, "cluster-agent", at),
  );
  const gauge = (tags: readonly string[], valueAt: (at: number) => number | undefined): Series => {
    const points = reports.flatMap((at): Point[] => {
      const value = valueAt(at);
      return value === undefined ? [] : [{ at: start + at, value }];
    });
    return { kind: "gauge", tags: [...placeTags, ...tags], points };
  };
  return new Map([
    [
      "kubernetes_state.deployment.replicas_available",
      [gauge(["kube_deployment:payment"], (at) => paymentAt(scenario, at).available)],
    ],
    [
      "kubernetes_state.deployment.replicas_desired",
      [gauge(["kube_deployment:payment"], (at) => paymentAt(scenario, at).desired)],
    ],
    [
      "kubernetes_state.endpoint.address_available",
      [gauge(["kube_endpoint:payment"], (at) => addressesAt(scenario, at))],
    ],
    [
      "kubernetes_state.pod.status_phase",
      ["running", "succeeded"].map((phase) =>
        gauge([`pod_phase:${phase}`, "kube_job:locust-payment-failure"], (at) =>
          phaseValue(scenario, phase, at),
        ),
      ),
    ],
  ]);
}

function addressesAt(scenario: Scenario, at: number): number | undefined {
  const { addresses } = paymentAt(scenario, at);
  return addresses === 0 && scenario.noAddress === "no series" ? undefined : addresses;
}

/** A pod that is there has every phase: one of them 1, the others 0. */
function phaseValue({ load }: Scenario, phase: string, at: number): number | undefined {
  if (load === undefined || at < load.from || at >= load.to) return undefined;
  const now = load.completes !== undefined && at >= load.completes ? "succeeded" : "running";
  return phase === now ? 1 : 0;
}

/** What the agents say of themselves. */
export function agentRuns(scenario: Scenario): readonly CheckRun[] {
  const start = startOf(scenario);
  return nodes.flatMap((node) =>
    moments(scenario, reportMs)
      .filter((at) => !isSilent(scenario, node, at))
      .map((at) => {
        const tags = [...placeTags, `host:${node}`];
        return { at: start + at, tags, status: statusAt(scenario, node, at) };
      }),
  );
}

function statusAt({ unwell }: Scenario, node: string, at: number): CheckRun["status"] {
  const found = unwell.find(({ agent, from, to }) => agent === node && from <= at && at < to);
  return found?.status ?? "OK";
}

/** Before its start a scenario has run well for so long. */
export const warmUpMs = 600_000;

function moments({ lasts }: Scenario, everyMs: number): readonly number[] {
  const count = Math.floor((lasts + warmUpMs) / everyMs) + 1;
  return Array.from({ length: count }, (_, index) => index * everyMs - warmUpMs);
}

function paymentAt({ payment }: Scenario, at: number) {
  const state = payment.findLast(({ from }) => from <= at) ?? payment[0];
  const { desired = 0, available = 0, addresses = available } = state ?? {};
  return { desired, available, addresses };
}

function isSilent({ silent }: Scenario, agent: string, at: number): boolean {
  return silent.some(
    ({ from, to, agents }) =>
      from <= at && at < to && (agents as readonly string[]).includes(agent),
  );
}
