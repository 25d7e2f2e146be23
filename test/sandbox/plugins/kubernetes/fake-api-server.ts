import http from "node:http";
import type { AddressInfo } from "node:net";
import type { PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";
import { groupPath } from "../../../../sandbox/plugins/kubernetes/api/discovery.ts";
import {
  stringAt,
  uidOf,
  withValue,
  type KubeObject,
} from "../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";

const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: {
    Namespace: "namespaces",
    ConfigMap: "configmaps",
    Secret: "secrets",
    Service: "services",
    Pod: "pods",
    PersistentVolumeClaim: "persistentvolumeclaims",
  },
  "apps/v1": { Deployment: "deployments", ReplicaSet: "replicasets" },
  "batch/v1": { Job: "jobs" },
  "discovery.k8s.io/v1": { EndpointSlice: "endpointslices" },
};

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: PropertyMap;
}

/** Answers instead of the server, if it wants to. */
export type Interceptor = (request: SeenRequest) => { code: number; body: PropertyMap } | undefined;

/**
 * As much of a Kubernetes API server as the plugin's calls need: objects in memory, versions, uids
 * and watches. It has no controllers, no defaults and no validation: a spec puts those in by hand.
 */
export class FakeApiServer {
  readonly requests: SeenRequest[] = [];
  readonly #objects = new Map<string, KubeObject>();
  readonly #watchers = new Map<http.ServerResponse, string>();
  readonly #server = http.createServer((request, response) => {
    void this.#handle(request, response);
  });
  readonly #history: { version: number; collection: string; line: string }[] = [];
  #version = 100;
  intercept: Interceptor = () => undefined;

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async stop(): Promise<void> {
    for (const watcher of this.#watchers.keys()) watcher.end();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Number of open watches. */
  get watches(): number {
    return this.#watchers.size;
  }

  /** Writes as a controller would: new version, event to watchers. Answers what is stored. */
  put(path: string, object: KubeObject): KubeObject {
    const old = this.#objects.get(path);
    const uid = uidOf(old ?? object) || `uid-${++this.#version}`;
    const versioned = withValue(object, ["metadata", "resourceVersion"], String(++this.#version));
    const stored = withValue(versioned, ["metadata", "uid"], uid);
    this.#objects.set(path, stored);
    this.#tell(path, old === undefined ? "ADDED" : "MODIFIED", stored);
    return stored;
  }

  get(path: string): KubeObject | undefined {
    return this.#objects.get(path);
  }

  remove(path: string): void {
    const old = this.#objects.get(path);
    this.#objects.delete(path);
    if (old !== undefined) this.#tell(path, "DELETED", old);
  }

  /** Requests that wrote something, as `POST /path`. */
  writes(): readonly string[] {
    return this.requests
      .filter((it) => it.method !== "GET")
      .map((it) => `${it.method} ${it.path}${it.query["dryRun"] === "All" ? " (dry run)" : ""}`);
  }

  #tell(path: string, type: string, object: KubeObject): void {
    const collection = path.slice(0, path.lastIndexOf("/"));
    const line = `${JSON.stringify({ type, object })}\n`;
    this.#history.push({ version: ++this.#version, collection, line });
    for (const [response, watched] of this.#watchers) {
      if (watched === collection) response.write(line);
    }
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const seen: SeenRequest = {
      method: request.method ?? "GET",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: await bodyOf(request),
    };
    this.requests.push(seen);
    if (seen.query["watch"] === "true") {
      this.#watch(seen, response);
      return;
    }
    const { code, body } = this.intercept(seen) ?? this.#answer(seen);
    response.writeHead(code, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  }

  /** First what happened since the version that the client has seen. */
  #watch({ path, query }: SeenRequest, response: http.ServerResponse): void {
    this.#watchers.set(response, path);
    response.on("close", () => this.#watchers.delete(response));
    response.writeHead(200).flushHeaders();
    const missed = this.#history.filter((it) => {
      return it.collection === path && it.version > Number(query["resourceVersion"]);
    });
    for (const { line } of missed) response.write(line);
  }

  #answer(seen: SeenRequest): { code: number; body: PropertyMap } {
    const resources = discoveryAt(seen.path);
    if (resources !== undefined) return { code: 200, body: { resources } };
    switch (seen.method) {
      case "POST":
        return this.#create(seen);
      case "PATCH":
        return this.#patch(seen);
      case "DELETE":
        return this.#delete(seen.path);
      default:
        return this.#read(seen.path);
    }
  }

  #read(path: string) {
    const object = this.#objects.get(path);
    if (object !== undefined) return { code: 200, body: object };
    const isCollection = Object.values(KINDS).some((kinds) =>
      Object.values(kinds).some((plural) => path.endsWith(`/${plural}`)),
    );
    if (!isCollection) return status(404, "NotFound", `"${path}" not found`);
    const items = [...this.#objects].filter(([it]) => it.startsWith(`${path}/`));
    const metadata = { resourceVersion: String(this.#version) };
    return { code: 200, body: { metadata, items: items.map(([, it]) => it) } };
  }

  #create({ path, body, query }: SeenRequest) {
    const full = `${path}/${stringAt(body, "metadata", "name")}`;
    if (this.#objects.has(full)) return status(409, "AlreadyExists", `"${full}" already exists`);
    const namespace = /^(.*\/namespaces\/[^/]+)\//.exec(full)?.[1]?.replace(/^.*\/namespaces/, "");
    if (namespace !== undefined && !this.#objects.has(`/api/v1/namespaces${namespace}`)) {
      return status(404, "NotFound", "namespace not found", "namespaces");
    }
    const generated = withValue(body, ["metadata", "generation"], 1);
    if (query["dryRun"] === "All") return { code: 201, body: generated };
    return { code: 201, body: this.put(full, generated) };
  }

  #patch({ path, body, query }: SeenRequest) {
    const old = this.#objects.get(path);
    if (old === undefined && !query["fieldManager"]) return status(404, "NotFound", "not found");
    if (!("apiVersion" in body)) return { code: 200, body: old ?? {} };
    const metadata = {
      ...(old?.["metadata"] as PropertyMap),
      ...(body["metadata"] as PropertyMap),
    };
    const generation = Number(metadata["generation"] ?? 0) + 1;
    const merged = { ...old, ...body, metadata: { ...metadata, generation } };
    return { code: 200, body: query["dryRun"] === "All" ? merged : this.put(path, merged) };
  }

  /** Objects with a finalizer stay, as on a real server, until a spec removes them. */
  #delete(path: string) {
    const object = this.#objects.get(path);
    if (object === undefined) return status(404, "NotFound", "not found");
    const metadata = object["metadata"] as PropertyMap;
    if (metadata["finalizers"] === undefined) this.remove(path);
    else
      this.put(path, withValue(object, ["metadata", "deletionTimestamp"], "2026-01-01T00:00:00Z"));
    return { code: 200, body: { kind: "Status", status: "Success" } };
  }
}

/** A failure as the API server words it. */
export function status(code: number, reason: string, message: string, about = "") {
  return { code, body: { kind: "Status", code, reason, message, details: { kind: about } } };
}

function discoveryAt(path: string) {
  const entry = Object.entries(KINDS).find(([apiVersion]) => groupPath(apiVersion) === path);
  if (entry === undefined) return undefined;
  return Object.entries(entry[1]).map(([kind, name]) => {
    return { kind, name, namespaced: kind !== "Namespace" };
  });
}

async function bodyOf(request: http.IncomingMessage): Promise<PropertyMap> {
  const chunks = await request.toArray();
  const body = Buffer.concat(chunks as Buffer[]).toString();
  return body === "" ? {} : (JSON.parse(body) as PropertyMap);
}
