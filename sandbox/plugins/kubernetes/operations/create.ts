import { setTimeout as sleep } from "node:timers/promises";
import { InitializationError } from "../../grpc/plugin-error.ts";
import { containsUnknowns, revealMap } from "../../grpc/property-value.ts";
import type { CallContext, CreateRequest, CreateResult } from "../../grpc/provider.ts";
import { awaitOptions, timeoutMs } from "../objects/annotations.ts";
import {
  ApiError,
  isAlreadyExists,
  isNamespaceMissing,
  isNotFound,
  oneLine,
  UnreachableError,
} from "../api/api-error.ts";
import { becomeReady } from "./become-ready.ts";
import { toOutputs, type Checkpoint } from "./checkpoint.ts";
import { UnknownKindError } from "../api/cluster.ts";
import { initReasons, toPluginError, type Operation } from "./failures.ts";
import {
  idOf,
  kindOf,
  stringAt,
  without,
  withValue,
  type KubeObject,
} from "../objects/kube-object.ts";
import { AwaitError } from "../await/waiting.ts";
import { newFieldManager } from "../objects/naming.ts";
import type { ProviderConnection } from "../provider-connection.ts";

/** Manager that the first write is recorded under; the first update takes over from it. */
const CREATOR = "pulumi-kubernetes";

/**
 * A namespace or a CustomResourceDefinition may be on its way in the same update, or a busy API server
 * may not serve it yet: whatever is not found is tried again, as by the official provider.
 *
 * @see pulumi/pulumi-kubernetes, provider/pkg/await/await.go, Creation
 */
const RETRY_AFTER_MS = [1000, 2000, 4000, 8000, 16_000];

/** Makes the object and waits until it is ready. */
export async function createObject(
  provider: ProviderConnection,
  request: CreateRequest,
  context: CallContext,
): Promise<CreateResult> {
  const inputs = revealMap(request.inputs);
  const operation: Operation = { verb: "create", object: inputs, marked: request.inputs };
  const fieldManager = awaitOptions(inputs).fieldManager ?? newFieldManager();
  const checkpoint = (live: KubeObject): Checkpoint => ({
    inputs,
    live,
    fieldManager,
    initialApiVersion: stringAt(inputs, "apiVersion"),
  });
  try {
    if (request.preview) {
      const live = await previewCreate(provider, inputs);
      if (live === undefined) return { id: "", outputs: request.inputs };
      return { id: "", outputs: toOutputs(checkpoint(live), request.inputs) };
    }
    const created = await writeNew(provider, { inputs, fieldManager, context, urn: request.urn });
    // Only now does the server know the kind that this object defines.
    if (kindOf(created).kind === "CustomResourceDefinition") provider.cluster.discovery.reset();
    const live = await becomeReady(provider, {
      object: created,
      inputs,
      timeoutMs: timeoutMs(request.timeoutSeconds, awaitOptions(inputs)),
      context,
      urn: request.urn,
    });
    return { id: idOf(live), outputs: toOutputs(checkpoint(live), request.inputs) };
  } catch (error) {
    if (!(error instanceof AwaitError)) throw toPluginError(error, operation);
    const outputs = toOutputs(checkpoint(error.object), request.inputs);
    throw new InitializationError(
      { id: idOf(error.object), outputs },
      initReasons(error, operation),
    );
  }
}

interface NewObject {
  readonly inputs: KubeObject;
  readonly fieldManager: string;
  readonly context: CallContext;
  readonly urn: string;
}

async function writeNew(provider: ProviderConnection, task: NewObject): Promise<KubeObject> {
  const { signal } = task.context;
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await writeOnce(provider, task);
    } catch (error) {
      if (!isNotFound(error) && !(error instanceof UnknownKindError)) throw error;
      const message = `Waiting to retry: ${oneLine(error)}`;
      await task.context.log({ severity: "info", message, urn: task.urn, ephemeral: true });
      provider.cluster.discovery.reset();
      await sleep(wait, undefined, { signal });
    }
  }
  return await writeOnce(provider, task);
}

async function writeOnce(provider: ProviderConnection, task: NewObject): Promise<KubeObject> {
  const { inputs, fieldManager } = task;
  const { cluster, settings } = provider;
  if (!settings.upsert) {
    const options = { fieldManager: CREATOR, dryRun: false };
    return await cluster.create(inputs, options);
  }
  const force = settings.patchForce || awaitOptions(inputs).patchForce;
  return await cluster.apply(inputs, { fieldManager, dryRun: false, force });
}

/**
 * What the object would be like, or undefined when that cannot be told yet. The server validates
 * it in either case: while the namespace is missing, as if it were to live in `default`.
 */
async function previewCreate(
  { cluster }: ProviderConnection,
  inputs: KubeObject,
): Promise<KubeObject | undefined> {
  if (containsUnknowns(inputs)) return undefined;
  const options = { fieldManager: CREATOR, dryRun: true };
  try {
    const live = await cluster.create(inputs, options);
    return without(live, ["status"]);
  } catch (error) {
    throwIfInvalid(error);
    if (!isNamespaceMissing(error)) return undefined;
  }
  try {
    await cluster.create(withValue(inputs, ["metadata", "namespace"], "default"), options);
  } catch (error) {
    throwIfInvalid(error);
  }
  return undefined;
}

/** What keeps a preview from asking the server says nothing about the object. */
function throwIfInvalid(error: unknown): void {
  const isForbidden = error instanceof ApiError && error.code === 403;
  const isUnknown = error instanceof UnknownKindError || error instanceof UnreachableError;
  // An object that exists may be about to be replaced.
  const isExisting = isAlreadyExists(error) || isNamespaceMissing(error);
  if (!isForbidden && !isUnknown && !isExisting) throw error;
}
