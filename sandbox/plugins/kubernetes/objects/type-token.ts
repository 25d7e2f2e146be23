import { PluginError } from "../../grpc/plugin-error.ts";
import type { ApiKind } from "./kube-object.ts";

/**
 * The kind that a type token names: `kubernetes:apps/v1:Deployment` is `apps/v1` Deployment, and
 * `kubernetes:core/v1:Service` is `v1` Service.
 */
export function kindOfToken(token: string): ApiKind {
  const [, group, version, kind] = /^kubernetes:([^/:]+)\/([^/:]+):([^/:]+)$/.exec(token) ?? [];
  if (group === undefined || version === undefined || kind === undefined) {
    throw new PluginError(
      `type ${token} is not served by the stand-in kubernetes plugin: ` +
        "it serves resources named kubernetes:<group>/<version>:<Kind>",
    );
  }
  return { apiVersion: group === "core" ? version : `${group}/${version}`, kind };
}

/** One line on why resources of this type cannot be made here, if so. */
export function refusalOf(token: string, inputKind: string): string | undefined {
  const { apiVersion, kind } = kindOfToken(token);
  if (apiVersion.startsWith("helm.sh/")) {
    return `${token} needs Helm, which the stand-in kubernetes plugin does not run`;
  }
  if (kind.endsWith("List") && isBuiltInGroup(apiVersion)) {
    return `${token} is a list, which cannot be created directly: declare its items one by one`;
  }
  if (kind !== inputKind && kind === `${inputKind}Patch`) {
    return `${token} is a Patch resource, which the stand-in does not serve: own the whole object`;
  }
  return undefined;
}

/** Kubernetes' own groups have no dot, or end in `.k8s.io`. */
export function isBuiltInGroup(apiVersion: string): boolean {
  const [group = ""] = apiVersion.split("/");
  return !group.includes(".") || group.endsWith(".k8s.io");
}
