import { isNotFound } from "./api-error.ts";
import type { ApiServer } from "./api-server.ts";
import { mapsAt, stringAt, type ApiKind, type KubeObject } from "../objects/kube-object.ts";

/** How objects of a kind are addressed. */
export interface ApiResource {
  /** Plural in paths, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Which kinds the server has. Each group version is asked for once. */
export interface Discovery {
  /** Undefined when the server has no such kind. */
  resourceOf(kind: ApiKind): Promise<ApiResource | undefined>;

  /** Forgets what was learnt, after a CustomResourceDefinition was made. */
  reset(): void;
}

export function discover(api: ApiServer): Discovery {
  const known = new Map<string, Promise<ReadonlyMap<string, ApiResource>>>();
  return {
    async resourceOf({ apiVersion, kind }) {
      const resources = known.get(apiVersion) ?? listResources(api, apiVersion);
      known.set(apiVersion, resources);
      // An unreachable server must be asked again by the next request.
      resources.catch(() => known.delete(apiVersion));
      return (await resources).get(kind);
    },
    reset() {
      known.clear();
    },
  };
}

/** `/apis/apps/v1`, or `/api/v1` for the core group. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Path of all objects of a kind in a namespace; "" stands for no namespace. */
export function collectionPath(
  apiVersion: string,
  { plural, namespaced }: ApiResource,
  namespace: string,
): string {
  const base = groupPath(apiVersion);
  return namespaced && namespace !== ""
    ? `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}`
    : `${base}/${plural}`;
}

async function listResources(api: ApiServer, apiVersion: string) {
  try {
    const list = await api.request({ method: "GET", path: groupPath(apiVersion) });
    return new Map(mapsAt(list, "resources").filter(isWhole).map(toEntry));
  } catch (error) {
    if (isNotFound(error)) return new Map<string, ApiResource>();
    throw error;
  }
}

/** Not a part of an object, such as `deployments/scale`. */
function isWhole(resource: KubeObject): boolean {
  return !stringAt(resource, "name").includes("/");
}

function toEntry(resource: KubeObject): [string, ApiResource] {
  const plural = stringAt(resource, "name");
  return [stringAt(resource, "kind"), { plural, namespaced: resource["namespaced"] === true }];
}
