import { checkInputs } from "../../sandbox/plugins/datadog/inputs/check-inputs.ts";
import type { ApiRequest } from "../../sandbox/plugins/datadog/api/api.ts";
import type { JsonMap } from "../../sandbox/plugins/datadog/api/json.ts";
import { resourceType } from "../../sandbox/plugins/datadog/resource-types.ts";
import type { PropertyMap } from "../../sandbox/plugins/grpc/property-value.ts";
import { recordingApi } from "./recording-api.ts";

/**
 * The inputs of a resource as the engine passes them on after the provider checked them.
 *
 * @throws one line for each input that the provider refuses
 */
export function checked(token: string, inputs: PropertyMap): JsonMap {
  const { inputs: filled, failures } = checkInputs(resourceType(token).shape, inputs);
  if (failures.length > 0) {
    const lines = failures.map(({ property, reason }) => `${token}: ${property}: ${reason}`);
    throw new Error(lines.join("\n"));
  }
  return filled as unknown as JsonMap;
}

/**
 * The requests that create a resource.
 *
 * @param answers what the API answers, one body for each request; `{}` where there is none
 */
export async function created(
  token: string,
  inputs: PropertyMap,
  ...answers: JsonMap[]
): Promise<ApiRequest[]> {
  const { api, requests } = recordingApi(...answers);
  await resourceType(token).create(api, checked(token, inputs));
  return requests;
}
