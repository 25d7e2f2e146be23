import type { LogEntry } from "../../../../sandbox/plugins/grpc/engine-log.ts";
import { InitializationError } from "../../../../sandbox/plugins/grpc/plugin-error.ts";
import type { PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";
import type { CallContext } from "../../../../sandbox/plugins/grpc/provider.ts";
import {
  mapAt,
  numberAt,
  stringAt,
  uidOf,
} from "../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";
import { readSettings } from "../../../../sandbox/plugins/kubernetes/provider-settings.ts";
import {
  resourceCalls,
  type ResourceCalls,
} from "../../../../sandbox/plugins/kubernetes/api/resource-calls.ts";
import { FakeApiServer } from "./fake-api-server.ts";
import { deployment, replicaSet } from "./objects.ts";

export const NAMESPACE = "/api/v1/namespaces/sock-shop";
export const DEPLOYMENTS = "/apis/apps/v1/namespaces/sock-shop/deployments";
export const CONFIG_MAPS = `${NAMESPACE}/configmaps`;
const REPLICA_SETS = "/apis/apps/v1/namespaces/sock-shop/replicasets";

export const payment: PropertyMap = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "payment", namespace: "sock-shop" },
  spec: { replicas: 1 },
};

export const settingsMap: PropertyMap = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "sock-shop" },
  data: { a: "1" },
};

/** The plugin's resource calls on a fake API server, as the engine makes them. */
export class Harness {
  readonly server = new FakeApiServer();
  readonly cancel = new AbortController();
  readonly logged: LogEntry[] = [];
  calls!: ResourceCalls;

  /** Called for each progress line. */
  onLog: (entry: LogEntry) => void = (entry) => {
    if (entry.message === "Waiting for the Deployment controller") {
      setImmediate(() => {
        this.rollOut();
      });
    }
  };

  readonly context: CallContext = {
    signal: this.cancel.signal,
    log: (entry) => {
      this.logged.push(entry);
      this.onLog(entry);
      return Promise.resolve();
    },
  };

  async start(): Promise<this> {
    await this.server.start();
    this.server.put(NAMESPACE, { metadata: { name: "sock-shop" } });
    this.server.put("/api/v1/namespaces/default", { metadata: { name: "default" } });
    await this.configure();
    return this;
  }

  async configure(settings: PropertyMap = {}, address = this.server.address): Promise<void> {
    const cluster = { server: address, "insecure-skip-tls-verify": true };
    const kubeconfig = JSON.stringify({
      clusters: [{ name: "c", cluster }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      users: [{ name: "u", user: { token: "t" } }],
      "current-context": "x",
    });
    this.calls = await resourceCalls(readSettings({ kubeconfig, ...settings }, {}), {});
  }

  check(newInputs: PropertyMap, changes: { type?: string; oldInputs?: PropertyMap } = {}) {
    const request = { ...about(newInputs), oldInputs: {}, newInputs, ...changes };
    return this.calls.check({ ...request, randomSeed: new Uint8Array([1]) }, this.context);
  }

  create(inputs: PropertyMap, options: { preview?: boolean; timeoutSeconds?: number } = {}) {
    const { preview = false, timeoutSeconds = 5 } = options;
    return this.calls.create({ ...about(inputs), inputs, preview, timeoutSeconds }, this.context);
  }

  diff(oldOutputs: PropertyMap, newInputs: PropertyMap) {
    const request = { ...about(newInputs), id: "x", oldInputs: {}, oldOutputs, newInputs };
    return this.calls.diff(request, this.context);
  }

  update(oldOutputs: PropertyMap, newInputs: PropertyMap, preview = false) {
    const request = { ...about(newInputs), id: "x", oldInputs: {}, oldOutputs, newInputs };
    return this.calls.update({ ...request, preview, timeoutSeconds: 5 }, this.context);
  }

  read(oldInputs: PropertyMap, oldOutputs: PropertyMap, id: string) {
    const kind = "kind" in oldInputs ? oldInputs : settingsMap;
    return this.calls.read({ ...about(kind), id, oldInputs, oldOutputs }, this.context);
  }

  delete(oldOutputs: PropertyMap, timeoutSeconds = 5) {
    const request = { ...about(oldOutputs), id: "x", oldInputs: {}, oldOutputs };
    return this.calls.delete({ ...request, timeoutSeconds }, this.context);
  }

  /** Plays the Deployment controller: the status of a finished roll-out. */
  rollOut(): void {
    const path = `${DEPLOYMENTS}/payment`;
    const written = this.server.get(path) ?? {};
    const finished = deployment();
    const generation = numberAt(written, "metadata", "generation") ?? 0;
    this.server.put(path, {
      ...written,
      metadata: {
        ...mapAt(written, "metadata"),
        annotations: mapAt(finished, "metadata", "annotations"),
      },
      status: { ...mapAt(finished, "status"), observedGeneration: generation },
    });
    const set = replicaSet();
    const ownerReferences = [{ uid: uidOf(written) }];
    const metadata = { ...set.metadata, ownerReferences };
    this.server.put(`${REPLICA_SETS}/payment-1`, { ...set, metadata });
  }
}

/** What the engine says of a resource in each request. */
function about(inputs: PropertyMap) {
  const kind = stringAt(inputs, "kind");
  const apiVersion = stringAt(inputs, "apiVersion");
  const module = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
  return { urn: `urn:${kind}`, type: `kubernetes:${module}:${kind}`, name: "payment" };
}

export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected a failure");
}

export async function initFailure(promise: Promise<unknown>): Promise<InitializationError> {
  const error = await failure(promise);
  if (error instanceof InitializationError) return error;
  throw new Error(`expected an object that is not ready, got: ${error.message}`);
}
