import { revealMap } from "../../grpc/property-value.ts";
import type { CallContext, DiffRequest, DiffResult, Provider } from "../../grpc/provider.ts";
import { awaitOptions } from "../objects/annotations.ts";
import { isNotFound, UnreachableError } from "./api-error.ts";
import { isComplete } from "../await/job.ts";
import { checkObject } from "../operations/check.ts";
import { fromOutputs } from "../operations/checkpoint.ts";
import { refOf } from "./cluster.ts";
import { createObject } from "../operations/create.ts";
import { deleteObject } from "../operations/delete.ts";
import { diffObjects, keepsName, type DiffRules } from "../operations/diff.ts";
import { kindOf, namespaceOf, type KubeObject } from "../objects/kube-object.ts";
import type { Environment, ProviderSettings } from "../provider-settings.ts";
import { readObject } from "../operations/read.ts";
import {
  isNamespaced,
  openProviderConnection,
  type ProviderConnection,
} from "../provider-connection.ts";
import { updateObject } from "../operations/update.ts";

/** The calls about resources, which need a configured provider. */
export interface ResourceCalls extends Pick<
  Provider,
  "check" | "diff" | "create" | "read" | "update" | "delete"
> {
  /** For namespaced objects that name none. */
  readonly defaultNamespace: string;
}

export async function resourceCalls(
  settings: ProviderSettings,
  env: Environment,
): Promise<ResourceCalls> {
  const provider = await openProviderConnection(settings, env);
  return {
    check: (request, context) => checkObject(provider, request, context),
    diff: (request, context) => diffResource(provider, request, context),
    create: (request, context) => createObject(provider, request, context),
    read: (request, context) => readObject(provider, request, context),
    update: (request, context) => updateObject(provider, request, context),
    delete: (request, context) => deleteObject(provider, request, context),
    defaultNamespace: provider.defaultNamespace,
  };
}

async function diffResource(
  provider: ProviderConnection,
  request: DiffRequest,
  context: CallContext,
): Promise<DiffResult> {
  const { inputs, live } = fromOutputs(request.oldOutputs);
  const newInputs = revealMap(request.newInputs);
  const oldInputs = Object.keys(inputs).length > 0 ? inputs : revealMap(request.oldInputs);
  const rules = await diffRules(provider, live);
  const diff = diffObjects({ oldInputs, newInputs, live }, rules);
  if (!awaitOptions(newInputs).replaceUnready) return diff;
  if (kindOf(newInputs).kind !== "Job") {
    const message = "pulumi.com/replaceUnready has an effect on Jobs only";
    await context.log({ severity: "warning", message, urn: request.urn });
    return diff;
  }
  if (!(await isUnfinished(provider, live))) return diff;
  const path = 'metadata.annotations["pulumi.com/replaceUnready"]';
  return {
    changes: [...diff.changes, { path, kind: "update", replace: true }],
    deleteBeforeReplace: keepsName(newInputs, live, rules),
  };
}

async function diffRules(provider: ProviderConnection, live: KubeObject): Promise<DiffRules> {
  const { mutableConfigMaps: configMaps, mutableSecrets: secrets } = provider.settings;
  const mutable = { configMaps, secrets };
  try {
    return { mutable, namespaced: await isNamespaced(provider, kindOf(live)) };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { mutable, namespaced: namespaceOf(live) !== "" };
  }
}

/** Whether a Job has not run to success; one that is gone is left to the update to find. */
async function isUnfinished(provider: ProviderConnection, live: KubeObject): Promise<boolean> {
  try {
    return !isComplete(await provider.cluster.get(refOf(live)));
  } catch (error) {
    if (isNotFound(error) || error instanceof UnreachableError) return false;
    throw error;
  }
}
