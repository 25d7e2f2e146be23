import { isDeepStrictEqual } from "node:util";
import { diffValues } from "../grpc/property-diff.ts";
import { reveal, UNKNOWN, type PropertyMap } from "../grpc/property-value.ts";
import type { DiffResult } from "../grpc/provider.ts";
import { activeCluster } from "./api/kubeconfig.ts";
import { readSettings, type Environment } from "./provider-settings.ts";

const DECIDES_CLUSTER = ["kubeconfig", "context", "cluster"];
const IDENTIFIER = "clusterIdentifier";

/**
 * What changed about the provider. All its objects are replaced only if it points at another
 * cluster now: by `clusterIdentifier` if that is set, else by the cluster that the kubeconfig and
 * context lead to. A new certificate or a moved file is no other cluster.
 */
export async function diffConfig(
  before: PropertyMap,
  after: PropertyMap,
  env: Environment,
): Promise<DiffResult> {
  const changes = diffValues(before, after);
  if (changes.length === 0) return { changes };
  const moved = await hasMoved(before, after, env);
  return {
    changes: changes.map((change) => {
      const name = change.path.split(/[.[]/, 1)[0] ?? "";
      const decides = name === IDENTIFIER || DECIDES_CLUSTER.includes(name);
      return moved && decides ? { ...change, replace: true } : change;
    }),
  };
}

async function hasMoved(
  before: PropertyMap,
  after: PropertyMap,
  env: Environment,
): Promise<boolean> {
  const [oldId, newId] = [before[IDENTIFIER], after[IDENTIFIER]];
  if (newId !== undefined && oldId !== undefined) return !isDeepStrictEqual(oldId, newId);
  if (DECIDES_CLUSTER.some((name) => reveal(after[name] ?? null) === UNKNOWN)) return true;
  const oldCluster = await activeCluster(readSettings(before, env), env);
  const newCluster = await activeCluster(readSettings(after, env), env);
  if (oldCluster === undefined || newCluster === undefined) return false;
  return !isDeepStrictEqual(oldCluster, newCluster);
}
