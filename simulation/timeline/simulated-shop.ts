import { createHash } from "node:crypto";
import type { Address } from "../../sandbox/shop/http/address.ts";
import { connectionRefused, nameNotFound } from "../../sandbox/shop/http/address.ts";
import type { Handler } from "../../sandbox/http/message.ts";
import type { Listener } from "../../sandbox/http/listener.ts";
import { listen } from "../../sandbox/http/listener.ts";
import type { LedgerBook } from "../../sandbox/shop/ledger.ts";
import { openLedger } from "../../sandbox/shop/ledger.ts";
import type { PodSpec, PodContext, RunningPod } from "../../sandbox/shop/pod/running-pod.ts";
import { startPod } from "../../sandbox/shop/kubelet/start-pod.ts";
import type { StoreName, Stores } from "../../sandbox/shop/stores/stores.ts";
import type { ManualClock } from "./manual-clock.ts";
import { manualClock } from "./manual-clock.ts";

export type Generation = "weave" | "quay" | "status-fix";

const services = [
  "carts",
  "catalogue",
  "front-end",
  "orders",
  "payment",
  "queue-master",
  "shipping",
  "user",
] as const;
const storeImages = {
  "carts-db": "mongo:4.4.29",
  "orders-db": "mongo:4.4.29",
  "session-db": "redis:7.2-alpine",
  rabbitmq: "rabbitmq:3.13-management",
  "user-db": "weaveworksdemos/user-db:0.3.0",
  "catalogue-db": "weaveworksdemos/catalogue-db:0.3.0",
} as const;

/** A container image of a service in one of the three generations. */
function imageOf(service: string, generation: Generation): string {
  if (generation === "weave") {
    const tag = service === "payment" ? "0.4.3" : "0.4.7";
    return `weaveworksdemos/${service}:${tag}`;
  }
  const fixed = { orders: "v1.0-status-fix", "front-end": "v1.1-error-fix" } as const;
  const tag =
    generation === "status-fix" && (service === "orders" || service === "front-end")
      ? fixed[service]
      : "latest";
  return `quay.io/powercloud/sock-shop-${service}:${tag}`;
}

/** A whole shop on loopback, with the time in the test's hands. */
export interface Shop {
  readonly clock: ManualClock;
  readonly ledger: LedgerBook;
  readonly pod: (workload: string) => RunningPod;
  readonly url: (service: string) => string;
  /** What the pod printed so far, one text. */
  readonly log: (workload: string) => string;
  readonly start: (workload: string, change?: Partial<PodSpec>) => Promise<RunningPod>;
  readonly stop: (workload: string) => Promise<void>;
  /** Sends a Service's traffic to a handler of the test instead. */
  readonly divert: (service: string, handle: Handler) => Promise<void>;
  readonly close: () => Promise<void>;
}

const unusedPort: Address = { host: "127.0.0.1", port: 1 };

export async function startShop(
  generation: Generation,
  changes: Readonly<Record<string, Partial<PodSpec>>> = {},
): Promise<Shop> {
  const clock = manualClock();
  const ledger = openLedger();
  const pods = new Map<string, RunningPod>();
  const diverted = new Map<string, Listener>();
  const resolve = addressesOf(pods, diverted);
  const surroundings: PodContext = {
    clock,
    random: countingBytes(),
    resolve,
    record: ledger.record,
    connect: storesOf(pods),
  };
  const start: Shop["start"] = async (workload, change = {}) => {
    const pod = await startPod({ ...defaultSpec(workload, generation), ...change }, surroundings);
    pods.set(workload, pod);
    return pod;
  };
  const stop: Shop["stop"] = async (workload) => {
    await pods.get(workload)?.stop();
    pods.delete(workload);
  };

  for (const name of [...Object.keys(storeImages), ...services]) await start(name, changes[name]);
  // user opens its port only after its database has answered.
  await new Promise((done) => setImmediate(done));

  const pod = (workload: string): RunningPod => {
    const found = pods.get(workload);
    if (found === undefined) throw new Error(`no pod of ${workload}`);
    return found;
  };
  return {
    clock,
    ledger,
    start,
    stop,
    pod,
    url: (service) => `http://127.0.0.1:${resolve(service).port}`,
    log: (workload) =>
      pod(workload)
        .lines.recent()
        .map(({ text }) => text)
        .join("\n"),
    divert: async (service, handle) => {
      const onFault = (error: unknown): void => {
        throw error;
      };
      diverted.set(service, await listen({ handle, onFault }));
    },
    close: async () => {
      for (const workload of [...pods.keys()]) await stop(workload);
      for (const listener of diverted.values()) await listener.close();
    },
  };
}

/** Where a name leads: to a handler of the test, to its pod, or to a port that nobody listens on. */
function addressesOf(
  pods: ReadonlyMap<string, RunningPod>,
  diverted: ReadonlyMap<string, Listener>,
): (name: string) => Address {
  return (name) => {
    if (![...services, ...Object.keys(storeImages)].includes(name)) throw nameNotFound(name);
    const port = diverted.get(name)?.port ?? pods.get(name)?.ports.values().next().value;
    return port === undefined ? unusedPort : { host: "127.0.0.1", port };
  };
}

function storesOf(pods: ReadonlyMap<string, RunningPod>) {
  return <Name extends StoreName>(kind: Name, host: string = kind) => {
    const store = pods.get(host)?.store;
    if (store === undefined) throw connectionRefused({ host: "10.0.0.1", port: 27017 });
    return store as Stores[Name];
  };
}

function defaultSpec(workload: string, generation: Generation): PodSpec {
  const base = { workload, podName: `${workload}-0`, probes: [] };
  const env = {
    HATEAOS: "user",
    MONGO_HOST: "user-db:27017",
    SESSION_REDIS: workload === "front-end" ? "true" : "",
  };
  const store = (storeImages as Readonly<Record<string, string>>)[workload];
  return { ...base, env, args: [], image: store ?? imageOf(workload, generation) };
}

/** Bytes that look random but are the same in each run. */
function countingBytes(): (count: number) => Uint8Array {
  let calls = 0;
  return (count) => {
    calls += 1;
    return createHash("sha512").update(String(calls)).digest().subarray(0, count);
  };
}

/** Orders while shipping answers too late: payment has authorised by then. */
export async function whileShippingIsSlow<Reply>(
  shop: Shop,
  order: () => Promise<Reply>,
): Promise<Reply> {
  const asked = new Promise<void>((resolve) => {
    void shop.divert("shipping", () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
  const pending = order();
  await asked;
  shop.clock.pass(5_000);
  return pending;
}
