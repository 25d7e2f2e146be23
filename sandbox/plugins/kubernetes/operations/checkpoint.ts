import { isPropertyMap, revealMap, type PropertyMap } from "../../grpc/property-value.ts";
import { stringAt, type KubeObject } from "../objects/kube-object.ts";
import { withSecretsLike } from "../objects/secrets.ts";

/** What the official plugin keeps in state of one object, and so do we. */
export interface Checkpoint {
  /** What the program asked for, without secrets marked. */
  readonly inputs: KubeObject;

  /** What the server answered. */
  readonly live: KubeObject;

  /** Manager of the fields we apply; "" in a state that has none. */
  readonly fieldManager: string;

  /** `apiVersion` at creation. */
  readonly initialApiVersion: string;
}

/** The outputs for state. `marked` are the inputs with their secrets still marked. */
export function toOutputs(checkpoint: Checkpoint, marked: PropertyMap): PropertyMap {
  return {
    ...withSecretsLike(checkpoint.live, marked),
    __inputs: withSecretsLike(checkpoint.inputs, marked),
    __initialApiVersion: checkpoint.initialApiVersion,
    __fieldManager: checkpoint.fieldManager,
  };
}

export function fromOutputs(outputs: PropertyMap): Checkpoint {
  const { __inputs, __initialApiVersion, __fieldManager, ...live } = revealMap(outputs);
  const inputs = isPropertyMap(__inputs) ? __inputs : {};
  return {
    inputs,
    live,
    fieldManager: typeof __fieldManager === "string" ? __fieldManager : "",
    initialApiVersion:
      typeof __initialApiVersion === "string" ? __initialApiVersion : stringAt(live, "apiVersion"),
  };
}
