import { PluginError } from "../../grpc/plugin-error.ts";
import { diffValues } from "../../grpc/property-diff.ts";
import { UNKNOWN, type PropertyMap } from "../../grpc/property-value.ts";
import type { CallContext, CheckRequest, CheckResult } from "../../grpc/provider.ts";
import { uniqueSuffix } from "../objects/naming.ts";
import type { Environment } from "../provider-settings.ts";
import type { ResourceCalls } from "../api/resource-calls.ts";

const TYPE = "kubernetes:helm.sh/v3:Release";
const VARIABLE = "SOCK_SHOP_HELM_RELEASES";

/**
 * The calls, with Helm releases recorded in state instead of refused if the environment says
 * `SOCK_SHOP_HELM_RELEASES=record`. Nothing of a recorded release is installed, and its state says
 * so: it serves to preview and to check what a stack declares.
 */
export function withHelmReleases(calls: ResourceCalls, env: Environment): ResourceCalls {
  const isRecorded = (request: { readonly type: string }) => {
    if (request.type !== TYPE) return false;
    if (env[VARIABLE] === "record") return true;
    throw new PluginError(
      "helm.sh/v3:Release needs Helm, which the stand-in kubernetes plugin does not run: use the " +
        `official plugin, or set ${VARIABLE}=record to keep releases in state without installing`,
    );
  };
  return {
    check: async (request, context) =>
      isRecorded(request)
        ? checkRelease(request, calls.defaultNamespace)
        : await calls.check(request, context),
    diff: async (request, context) => {
      if (!isRecorded(request)) return await calls.diff(request, context);
      const changes = diffValues(request.oldInputs, request.newInputs);
      const fixed = new Set(["name", "namespace"]);
      return { changes: changes.map((it) => (fixed.has(it.path) ? { ...it, replace: true } : it)) };
    },
    create: async (request, context) => {
      if (!isRecorded(request)) return await calls.create(request, context);
      const { inputs, preview, urn } = request;
      if (!preview) await warn(context, urn);
      return { id: preview ? "" : releaseId(inputs), outputs: recorded(inputs) };
    },
    read: async (request, context) => {
      if (!isRecorded(request)) return await calls.read(request, context);
      const { id, oldInputs: inputs, oldOutputs: outputs } = request;
      return Object.keys(inputs).length > 0 ? { id, inputs, outputs } : undefined;
    },
    update: async (request, context) => {
      if (!isRecorded(request)) return await calls.update(request, context);
      if (!request.preview) await warn(context, request.urn);
      return { outputs: recorded(request.newInputs) };
    },
    delete: async (request, context) => {
      if (!isRecorded(request)) await calls.delete(request, context);
    },
    defaultNamespace: calls.defaultNamespace,
  };
}

function checkRelease(request: CheckRequest, defaultNamespace: string): CheckResult {
  const { newInputs, oldInputs } = request;
  if (newInputs["chart"] === undefined) {
    return { inputs: newInputs, failures: [{ property: "chart", reason: "is missing" }] };
  }
  const name =
    newInputs["name"] ?? oldInputs["name"] ?? `${request.name}-${uniqueSuffix(request.randomSeed)}`;
  return { inputs: { namespace: defaultNamespace, ...newInputs, name } };
}

/** The status of a release that was never installed; the official plugin has `deployed` there. */
function recorded(inputs: PropertyMap): PropertyMap {
  const status: PropertyMap = {
    name: inputs["name"],
    namespace: inputs["namespace"],
    chart: inputs["chart"],
    version: inputs["version"],
    revision: 0,
    status: "recorded, not installed",
  };
  return { ...inputs, status };
}

function releaseId({ namespace, name }: PropertyMap): string {
  const text = (value: PropertyMap[string]) =>
    value === UNKNOWN || typeof value !== "string" ? "" : value;
  return `${text(namespace)}/${text(name)}`;
}

async function warn({ log }: CallContext, urn: string): Promise<void> {
  await log({ severity: "warning", message: "this Helm release is recorded, not installed", urn });
}
