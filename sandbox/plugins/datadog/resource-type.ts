import type { JsonMap } from "./api/json.ts";
import type { Api } from "./api/api.ts";
import type { Shape } from "./inputs/shape.ts";

/** A resource as the API has it. */
export interface LiveResource {
  readonly id: string;

  /** Outputs for state, named as in `@pulumi/datadog`. */
  readonly outputs: JsonMap;
}

/**
 * A type of resource. Inputs are checked and without secrets; a request that fails throws.
 */
export interface ResourceType {
  readonly shape: Shape;

  /** Outputs that only the API knows, hence unknown in a preview of the creation. */
  readonly computed: readonly string[];

  /** Outputs that are secrets and that the API answers once, at creation: state keeps them. */
  readonly secrets?: readonly string[];

  /** Asks the API whether it would take the inputs; not called while any of them is unknown. */
  readonly validate?: (api: Api, inputs: JsonMap, id?: string) => Promise<void>;

  readonly create: (api: Api, inputs: JsonMap) => Promise<LiveResource>;

  /** Answers undefined when it is gone. */
  readonly read: (api: Api, id: string) => Promise<LiveResource | undefined>;
  readonly update: (api: Api, id: string, inputs: JsonMap) => Promise<LiveResource>;
  readonly remove: (api: Api, id: string, inputs: JsonMap) => Promise<void>;
}
