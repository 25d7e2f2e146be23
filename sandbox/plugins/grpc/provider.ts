import type { EngineLog } from "./engine-log.ts";
import type { PropertyMap } from "./property-value.ts";

/** Which resource a request is about. */
export interface ResourceRequest {
  readonly urn: string;

  /** Type token, such as `datadog:index/monitor:Monitor`. */
  readonly type: string;

  /** The resource's name in the program. */
  readonly name: string;
}

export interface CheckRequest extends ResourceRequest {
  /** Checked inputs of the last update; empty for a new resource. */
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;

  /** For random parts of automatic names: the same seed in preview and update. */
  readonly randomSeed: Uint8Array;
}

export interface CheckResult {
  /** The inputs to go on with, defaults included. */
  readonly inputs: PropertyMap;

  /** Rejected properties; the engine shows each one and stops. */
  readonly failures?: readonly CheckFailure[];
}

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface DiffRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
}

export interface DiffResult {
  /** What the user will see; an empty list means that nothing changed. */
  readonly changes: readonly PropertyChange[];

  /** For resources whose name is taken until the old one is gone. */
  readonly deleteBeforeReplace?: boolean;
}

export interface PropertyChange {
  /** Pulumi property path, such as `spec.ports[0].port`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";

  /** Whether the change needs a new resource. */
  readonly replace?: boolean;
}

export interface CreateRequest extends ResourceRequest {
  readonly inputs: PropertyMap;

  /** True during `pulumi preview`: answer with what is known, change nothing. */
  readonly preview: boolean;

  /** The user's customTimeouts in seconds; 0 when there are none. */
  readonly timeoutSeconds: number;
}

export interface CreateResult {
  /** May be empty in a preview only. */
  readonly id: string;
  readonly outputs: PropertyMap;
}

export interface ReadRequest extends ResourceRequest {
  readonly id: string;

  /** Inputs and outputs in state; both empty for an import. */
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
}

export interface ReadResult {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface UpdateRequest extends DiffRequest {
  readonly preview: boolean;
  readonly timeoutSeconds: number;
}

export interface UpdateResult {
  readonly outputs: PropertyMap;
}

export interface DeleteRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly timeoutSeconds: number;
}

interface InvokeRequest {
  /** Function token, such as `kubernetes:helm:template`. */
  readonly token: string;
  readonly args: PropertyMap;
}

/** What a handler gets besides its request. */
export interface CallContext {
  /** Aborted when the user cancelled the update, or the engine is gone. */
  readonly signal: AbortSignal;

  /** Shows a line to the user. */
  readonly log: EngineLog;
}

/**
 * A resource provider on plain data. A thrown PluginError is the one line the user reads; an
 * InitializationError keeps what exists already in state.
 */
export interface Provider {
  /** Package version, as `pulumi plugin ls` would show it: without a leading `v`. */
  readonly version: string;

  checkConfig(request: CheckRequest, context: CallContext): Promise<CheckResult>;
  diffConfig(request: Omit<DiffRequest, "id">, context: CallContext): Promise<DiffResult>;

  /** Called once, after checkConfig, before any resource request. */
  configure(inputs: PropertyMap, context: CallContext): Promise<void>;

  check(request: CheckRequest, context: CallContext): Promise<CheckResult>;
  diff(request: DiffRequest, context: CallContext): Promise<DiffResult>;
  create(request: CreateRequest, context: CallContext): Promise<CreateResult>;

  /** Answers undefined when the resource is gone: the engine then drops it from state. */
  read(request: ReadRequest, context: CallContext): Promise<ReadResult | undefined>;
  update(request: UpdateRequest, context: CallContext): Promise<UpdateResult>;

  /** A resource that is gone already counts as deleted. */
  delete(request: DeleteRequest, context: CallContext): Promise<void>;

  /** Omit when the provider has no functions. */
  invoke?(request: InvokeRequest, context: CallContext): Promise<PropertyMap>;
}
