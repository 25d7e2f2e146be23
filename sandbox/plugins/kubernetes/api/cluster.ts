import type { PropertyMap } from "../../grpc/property-value.ts";
import { PluginError } from "../../grpc/plugin-error.ts";
import type { ApiRequest, ApiServer } from "./api-server.ts";
import { shareWatches, type ObjectWatch } from "../await/object-watch.ts";
import { collectionPath, discover, type ApiResource, type Discovery } from "./discovery.ts";
import {
  kindOf,
  mapsAt,
  nameOf,
  namespaceOf,
  type ApiKind,
  type KubeObject,
} from "../objects/kube-object.ts";

/** Which object: kind, namespace ("" for kinds outside of any) and name. */
export interface ObjectRef extends ApiKind {
  readonly namespace: string;
  readonly name: string;
}

interface WriteOptions {
  /** Recorded by the server as manager of the fields that are written. */
  readonly fieldManager: string;

  /** Validate and admit as if written, but write nothing. */
  readonly dryRun: boolean;
}

/** Objects of one cluster. Writes cannot be aborted: what the server did must reach the state. */
export interface Cluster {
  readonly address: string;
  readonly discovery: Discovery;
  get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject>;
  create(object: KubeObject, options: WriteOptions): Promise<KubeObject>;

  /** Server-side apply; `force` takes over fields that others manage. */
  apply(object: KubeObject, options: WriteOptions & { force: boolean }): Promise<KubeObject>;

  /** Writes who manages which field, if the object has not changed since `object` was read. */
  setManagedFields(object: KubeObject, fields: readonly PropertyMap[]): Promise<KubeObject>;

  /** Starts the deletion; dependents go as the policy says. */
  delete(ref: ObjectRef, propagation: string): Promise<void>;

  /** All objects of the kind in the namespace, once. */
  list(kind: ApiKind, namespace: string): Promise<readonly KubeObject[]>;

  /** All objects of the kind in the namespace, as they change. */
  watch(kind: ApiKind, namespace: string): Promise<ObjectWatch>;
}

export function refOf(object: KubeObject): ObjectRef {
  return { ...kindOf(object), namespace: namespaceOf(object), name: nameOf(object) };
}

export function clusterAt(api: ApiServer): Cluster {
  const discovery = discover(api);
  const watchAt = shareWatches(api);
  const collection = async (kind: ApiKind, namespace: string) =>
    collectionPath(kind.apiVersion, await resourceOf(discovery, kind), namespace);
  const objectPath = async (ref: ObjectRef) =>
    `${await collection(ref, ref.namespace)}/${encodeURIComponent(ref.name)}`;
  return {
    address: api.address,
    discovery,
    ...writes(api, collection, objectPath),
    async get(ref, signal) {
      return await api.request({ method: "GET", path: await objectPath(ref), signal });
    },
    async list(kind, namespace) {
      const path = await collection(kind, namespace);
      return mapsAt(await api.request({ method: "GET", path }), "items");
    },
    async watch(kind, namespace) {
      return watchAt(await collection(kind, namespace));
    },
  };
}

/** The kind's resource; fails with one line when the server has no such kind. */
async function resourceOf(discovery: Discovery, kind: ApiKind): Promise<ApiResource> {
  const resource = await discovery.resourceOf(kind);
  if (resource !== undefined) return resource;
  throw new UnknownKindError(kind);
}

/** The server has no such kind: its CustomResourceDefinition is missing, or the version is wrong. */
export class UnknownKindError extends PluginError {
  constructor({ apiVersion, kind }: ApiKind) {
    super(
      `the cluster has no kind ${kind} in ${apiVersion}: ` +
        "create its CustomResourceDefinition first, or correct the apiVersion",
    );
  }
}

type Writes = Pick<Cluster, "create" | "apply" | "setManagedFields" | "delete">;

function writes(
  api: ApiServer,
  collection: (kind: ApiKind, namespace: string) => Promise<string>,
  objectPath: (ref: ObjectRef) => Promise<string>,
): Writes {
  return {
    async create(object, options) {
      const path = await collection(kindOf(object), namespaceOf(object));
      return await api.request(writeRequest("POST", path, object, options));
    },
    async apply(object, options) {
      const path = await objectPath(refOf(object));
      const request = writeRequest("PATCH", path, object, options);
      return await api.request({
        ...request,
        contentType: "application/apply-patch+yaml",
        query: { ...request.query, force: String(options.force) },
      });
    },
    async setManagedFields(object, fields) {
      const version = object["metadata"] as PropertyMap;
      return await api.request({
        method: "PATCH",
        path: await objectPath(refOf(object)),
        contentType: "application/json-patch+json",
        body: [
          { op: "replace", path: "/metadata/managedFields", value: fields },
          // Refused by the server if somebody wrote in between.
          {
            op: "replace",
            path: "/metadata/resourceVersion",
            value: version["resourceVersion"] ?? "",
          },
        ],
      });
    },
    async delete(ref, propagationPolicy) {
      const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy };
      await api.request({ method: "DELETE", path: await objectPath(ref), body });
    },
  };
}

/** Strict validation: a misspelt field is an error here, not silently dropped. */
function writeRequest(
  method: ApiRequest["method"],
  path: string,
  body: KubeObject,
  { fieldManager, dryRun }: WriteOptions,
): ApiRequest {
  const query = { fieldManager, fieldValidation: "Strict", ...(dryRun ? { dryRun: "All" } : {}) };
  return { method, path, query, body };
}
