import * as z from "zod";
import { readState } from "./state-file.ts";

/** A lock of Pulumi's file backend, `.pulumi/locks/organization/<project>/<stack>/<id>.json`. */
export interface StackLock {
  readonly pid: number;
  readonly hostname: string;
  /** When the lock was taken, RFC 3339. */
  readonly timestamp: string;
}

/** A resource whose creation was begun and never confirmed. */
export interface PendingCreation {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What an update left behind that was killed. */
export interface PendingOperations {
  readonly count: number;
  readonly creations: readonly PendingCreation[];

  /** Ids of everything that the state does hold. */
  readonly knownIds: ReadonlySet<string>;
}

/** A resource whose creation went through, and the provider's id of it. */
export interface Adoption {
  readonly urn: string;
  readonly id: string;
}

const lockSchema = z.object({ pid: z.number(), hostname: z.string(), timestamp: z.string() });

/** Reads a lock; undefined for one that an engine was killed while writing. */
export function parseLock(text: string): StackLock | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Reads the file that Pulumi's file backend keeps for a stack. */
export function pendingOperations(text: string): PendingOperations {
  const { resources, operations } = readState(text);
  const creations = operations
    .filter(({ type }) => type === "creating")
    .map(({ resource: { urn, type, inputs } }) => ({ urn, type, inputs }));
  const knownIds = new Set(resources.flatMap(({ id }) => id ?? []));
  return { count: operations.length, creations, knownIds };
}

/**
 * The state without open operations, in which creations that went through are resources. Their
 * outputs are for a refresh to read. The engine's own `refresh --import-pending-creates` only drops
 * the operation (3.259), and the next update would then create the resource a second time.
 *
 * @param exported what `pulumi stack export` prints
 * @param failed creations of which the state has no open operation
 * @returns what `pulumi stack import` takes
 */
export function withAdopted(
  exported: string,
  adoptions: readonly Adoption[],
  failed: readonly { readonly urn: string }[] = [],
): string {
  // what is written back is what was read, with the fields that nobody looks at here
  const state = JSON.parse(exported) as { readonly deployment: RawDeployment };
  const { resources = [], pending_operations: operations = [], ...rest } = state.deployment;
  const adopted = adoptions.flatMap(({ urn, id }) => {
    const operation = operations.find(
      ({ type, resource }) => type === "creating" && resource.urn === urn,
    );
    const resource = operation?.resource ?? failed.find((creation) => creation.urn === urn);
    return resource === undefined ? [] : [{ ...resource, id }];
  });
  const deployment = { ...rest, resources: [...resources, ...adopted] };
  return JSON.stringify({ ...state, deployment });
}

interface RawDeployment {
  readonly resources?: readonly object[];
  readonly pending_operations?: readonly {
    readonly type: string;
    readonly resource: { readonly urn: string };
  }[];
}

/** How to find an object of Kubernetes and under which id Pulumi knows it. */
export interface KubernetesObject {
  /** Arguments of `kubectl get` for it. */
  readonly query: readonly string[];
  readonly id: string;
}

/**
 * The object that a pending creation was to make.
 *
 * @returns undefined for what is not an object of Kubernetes with a fixed name
 */
export function kubernetesObject(creation: PendingCreation): KubernetesObject | undefined {
  if (!creation.type.startsWith("kubernetes:")) return undefined;
  const { apiVersion, kind, metadata = {} } = creation.inputs as KubernetesInputs;
  const { name, namespace } = metadata;
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return {
    query: [
      "get",
      qualifiedKind(apiVersion, kind),
      name,
      ...(namespace === undefined ? [] : ["--namespace", namespace]),
    ],
    id: namespace === undefined ? name : `${namespace}/${name}`,
  };
}

interface KubernetesInputs {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** kubectl's unambiguous form: `apps/v1` and `Deployment` become `Deployment.v1.apps`. */
function qualifiedKind(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? kind : `${kind}.${version}.${group ?? ""}`;
}
