import { InitializationError } from "../../grpc/plugin-error.ts";
import { isPropertyMap, revealMap } from "../../grpc/property-value.ts";
import type { CallContext, ReadRequest, ReadResult } from "../../grpc/provider.ts";
import { awaitOptions } from "../objects/annotations.ts";
import { isNotFound, UnreachableError } from "../api/api-error.ts";
import { judgeNow } from "../await/await-object.ts";
import { ruleForRead } from "../await/rules.ts";
import type { AwaitResult } from "../await/await-result.ts";
import { fromOutputs, toOutputs } from "./checkpoint.ts";
import { UnknownKindError } from "../api/cluster.ts";
import { nameFor, toPluginError } from "./failures.ts";
import { inputsFromLive, inputsWithDrift } from "../objects/inputs.ts";
import { kindOf, parseId, stringAt, type KubeObject } from "../objects/kube-object.ts";
import { newFieldManager } from "../objects/naming.ts";
import { redactor, withSecretsLike } from "../objects/secrets.ts";
import type { ProviderConnection } from "../provider-connection.ts";
import { kindOfToken } from "../objects/type-token.ts";

/** The object as it is now, for a refresh or an import; undefined when it is gone. */
export async function readObject(
  provider: ProviderConnection,
  request: ReadRequest,
  context: CallContext,
): Promise<ReadResult | undefined> {
  try {
    return await readNow(provider, request);
  } catch (error) {
    if (isNotFound(error) || error instanceof UnknownKindError) return undefined;
    if (error instanceof UnreachableError && provider.settings.deleteUnreachable) {
      const message = "the cluster is unreachable: this resource is dropped from the state";
      await context.log({ severity: "warning", message, urn: request.urn });
      return undefined;
    }
    if (error instanceof UnreachableError && provider.settings.skipUnreachable) {
      const { id, oldInputs: inputs, oldOutputs: outputs } = request;
      return { id, inputs, outputs };
    }
    const { name, namespace } = parseId(request.id);
    const object = { kind: kindOfToken(request.type).kind, metadata: { name, namespace } };
    throw toPluginError(error, { verb: "read", object, marked: request.oldInputs });
  }
}

async function readNow(provider: ProviderConnection, request: ReadRequest): Promise<ReadResult> {
  const old = fromOutputs(request.oldOutputs);
  const kind = kindOfToken(request.type);
  const { name, namespace: written } = parseId(request.id);
  const resource = await provider.cluster.discovery.resourceOf(kind);
  const namespace = resource?.namespaced === true ? written || provider.defaultNamespace : "";
  const live = await provider.cluster.get({ ...kind, namespace, name });
  const isImport = Object.keys(request.oldInputs).length === 0;
  const inputs = isImport
    ? inputsFromLive(live)
    : inputsWithDrift(revealMap(request.oldInputs), { recorded: old.live, now: live });
  const outputs = toOutputs(
    {
      inputs,
      live,
      fieldManager: awaitOptions(inputs).fieldManager ?? (old.fieldManager || newFieldManager()),
      initialApiVersion: old.initialApiVersion || stringAt(live, "apiVersion"),
    },
    request.oldInputs,
  );
  const markedInputs = withSecretsLike(inputs, request.oldInputs);
  if (!isImport) {
    const result = await readiness(provider, live, inputs);
    const partial = { id: request.id, outputs, inputs: markedInputs };
    if (result.state !== "done") throw notReady(live, result, partial);
  }
  return { id: request.id, inputs: markedInputs, outputs };
}

async function readiness(
  provider: ProviderConnection,
  live: KubeObject,
  inputs: KubeObject,
): Promise<AwaitResult> {
  const rule = ruleForRead(kindOf(live), awaitOptions(inputs));
  if (rule === undefined) return { state: "done", message: "", problems: [] };
  return await judgeNow(provider.cluster, rule, live);
}

function notReady(
  live: KubeObject,
  result: AwaitResult,
  partial: InitializationError["partial"],
): InitializationError {
  const hide = redactor(isPropertyMap(partial.inputs) ? partial.inputs : {});
  const problems = result.problems.length > 0 ? result.problems : [result.message];
  const reasons = [`${nameFor(live)} is not ready`, ...problems];
  return new InitializationError(
    partial,
    reasons.map((it) => hide(it)),
  );
}
