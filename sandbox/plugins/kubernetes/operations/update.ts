import { InitializationError } from "../../grpc/plugin-error.ts";
import { containsUnknowns, revealMap } from "../../grpc/property-value.ts";
import type { CallContext, UpdateRequest, UpdateResult } from "../../grpc/provider.ts";
import { awaitOptions, timeoutMs } from "../objects/annotations.ts";
import { ApiError, UnreachableError } from "../api/api-error.ts";
import { AwaitError } from "../await/waiting.ts";
import { becomeReady } from "./become-ready.ts";
import { fromOutputs, toOutputs, type Checkpoint } from "./checkpoint.ts";
import { refOf, UnknownKindError } from "../api/cluster.ts";
import { initReasons, toPluginError, type Operation } from "./failures.ts";
import { normalizeInputs } from "../objects/inputs.ts";
import { idOf, nameOf, withValue, type KubeObject } from "../objects/kube-object.ts";
import { takeOverFields } from "../objects/managed-fields.ts";
import { newFieldManager } from "../objects/naming.ts";
import type { ProviderConnection } from "../provider-connection.ts";

/** Applies the inputs to the object and waits until it is ready again. */
export async function updateObject(
  provider: ProviderConnection,
  request: UpdateRequest,
  context: CallContext,
): Promise<UpdateResult> {
  const old = fromOutputs(request.oldOutputs);
  const inputs = named(normalizeInputs(revealMap(request.newInputs)), old.live);
  const operation: Operation = { verb: "update", object: inputs, marked: request.newInputs };
  const fieldManager = awaitOptions(inputs).fieldManager ?? (old.fieldManager || newFieldManager());
  const checkpoint = (live: KubeObject): Checkpoint => ({ ...old, inputs, live, fieldManager });
  try {
    if (request.preview) {
      const live = await previewUpdate(provider, inputs, fieldManager);
      if (live === undefined) return { outputs: request.newInputs };
      return { outputs: toOutputs(checkpoint(live), request.newInputs) };
    }
    const before = await provider.cluster.get(refOf(inputs), context.signal);
    const applied = await applyOver(provider, before, { inputs, fieldManager });
    const live = await becomeReady(provider, {
      object: applied,
      before,
      inputs,
      timeoutMs: timeoutMs(request.timeoutSeconds, awaitOptions(inputs)),
      context,
      urn: request.urn,
    });
    return { outputs: toOutputs(checkpoint(live), request.newInputs) };
  } catch (error) {
    if (request.preview) throw toPluginError(error, operation);
    const live = await liveAfter(provider, error, inputs);
    if (live === undefined) throw toPluginError(error, operation);
    const outputs = toOutputs(checkpoint(live), request.newInputs);
    throw new InitializationError({ id: idOf(live), outputs }, reasonsOf(error, operation));
  }
}

/**
 * What the state keeps after a failed update: the new inputs with the object as it is now, as in the
 * official plugin, so that the next update tries again. Undefined when nobody knows the object.
 */
async function liveAfter(
  { cluster }: ProviderConnection,
  error: unknown,
  inputs: KubeObject,
): Promise<KubeObject | undefined> {
  if (error instanceof AwaitError) return error.object;
  if (!(error instanceof ApiError)) return undefined;
  return await cluster.get(refOf(inputs)).catch(() => undefined);
}

function reasonsOf(error: unknown, operation: Operation): readonly string[] {
  if (error instanceof AwaitError) return initReasons(error, operation);
  return [toPluginError(error, operation).message];
}

interface Change {
  readonly inputs: KubeObject;
  readonly fieldManager: string;
}

async function applyOver(
  provider: ProviderConnection,
  before: KubeObject,
  { inputs, fieldManager }: Change,
): Promise<KubeObject> {
  const { cluster } = provider;
  const fields = takeOverFields(before, fieldManager);
  if (fields !== undefined) await cluster.setManagedFields(before, fields);
  const force = mayForce(provider, inputs) || isUnmanaged(before);
  return await cluster.apply(inputs, { fieldManager, dryRun: false, force });
}

/** What the object would be like, or undefined when that cannot be told yet. */
async function previewUpdate(
  provider: ProviderConnection,
  inputs: KubeObject,
  fieldManager: string,
): Promise<KubeObject | undefined> {
  if (containsUnknowns(inputs)) return undefined;
  try {
    const before = await provider.cluster.get(refOf(inputs));
    // The real update first takes over the fields of a plain create: nothing to conflict with.
    const takesOver = takeOverFields(before, fieldManager) !== undefined;
    const force = takesOver || mayForce(provider, inputs) || isUnmanaged(before);
    return await provider.cluster.apply(inputs, { fieldManager, dryRun: true, force });
  } catch (error) {
    const isForbidden = error instanceof ApiError && error.code === 403;
    const isUnknown = error instanceof UnknownKindError || error instanceof UnreachableError;
    if (isForbidden || isUnknown) return undefined;
    throw error;
  }
}

function mayForce({ settings }: ProviderConnection, inputs: KubeObject): boolean {
  return settings.patchForce || awaitOptions(inputs).patchForce;
}

/** Objects from before server-side apply have no managers that could be asked. */
function isUnmanaged(object: KubeObject): boolean {
  const fields = (object["metadata"] as KubeObject | undefined)?.["managedFields"];
  return !Array.isArray(fields) || fields.length === 0;
}

/** Inputs may leave out the name that the object got by import. */
function named(inputs: KubeObject, live: KubeObject): KubeObject {
  return nameOf(inputs) === "" && !containsUnknowns(inputs["metadata"])
    ? withValue(inputs, ["metadata", "name"], nameOf(live))
    : inputs;
}
