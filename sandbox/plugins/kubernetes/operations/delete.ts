import { revealMap } from "../../grpc/property-value.ts";
import type { CallContext, DeleteRequest } from "../../grpc/provider.ts";
import { awaitOptions, timeoutMs } from "../objects/annotations.ts";
import { isNotFound, UnreachableError } from "../api/api-error.ts";
import { awaitDeleted } from "../await/await-object.ts";
import { progressLine } from "./become-ready.ts";
import { skipsAwaitOfDelete } from "../await/rules.ts";
import { fromOutputs } from "./checkpoint.ts";
import { refOf, UnknownKindError } from "../api/cluster.ts";
import { toPluginError } from "./failures.ts";
import { kindOf, type KubeObject } from "../objects/kube-object.ts";
import type { ProviderConnection } from "../provider-connection.ts";

/** Deletes the object, its dependents first, and waits until it is gone. */
export async function deleteObject(
  provider: ProviderConnection,
  request: DeleteRequest,
  context: CallContext,
): Promise<void> {
  const { inputs: applied, live } = fromOutputs(request.oldOutputs);
  const inputs = Object.keys(applied).length > 0 ? applied : revealMap(request.oldInputs);
  try {
    await deleteAndWait(provider, { live, inputs, request, context });
  } catch (error) {
    if (isNotFound(error) || error instanceof UnknownKindError) return;
    if (error instanceof UnreachableError && provider.settings.deleteUnreachable) {
      const message = "the cluster is unreachable: this resource is dropped from the state";
      await context.log({ severity: "warning", message, urn: request.urn });
      return;
    }
    throw toPluginError(error, { verb: "delete", object: live, marked: request.oldInputs });
  }
}

interface Deletion {
  readonly live: KubeObject;
  readonly inputs: KubeObject;
  readonly request: DeleteRequest;
  readonly context: CallContext;
}

async function deleteAndWait(provider: ProviderConnection, deletion: Deletion): Promise<void> {
  const { live, inputs, request, context } = deletion;
  const options = awaitOptions(inputs);
  const current = await provider.cluster.get(refOf(live), context.signal);
  await provider.cluster.delete(refOf(live), options.propagation);
  if (options.skipAwait && skipsAwaitOfDelete(kindOf(live))) return;
  const say = progressLine(context, request.urn);
  await awaitDeleted(provider.cluster, {
    object: current,
    timeoutMs: timeoutMs(request.timeoutSeconds, options),
    signal: context.signal,
    report: (message) => void say(message),
  });
  await say("");
}
