import { expect } from "chai";
import { checkInputs } from "../../sandbox/plugins/datadog/check-inputs.ts";
import type { JsonMap } from "../../sandbox/plugins/datadog/json.ts";
import { resourceType } from "../../sandbox/plugins/datadog/resource-types.ts";
import type { PropertyMap } from "../../sandbox/plugins/grpc/property-value.ts";
import { recordingApi } from "../../test/sandbox/plugins/datadog/recording-api.ts";

/** The inputs as the engine hands them on after a check without complaints. */
export function checked(token: string, inputs: PropertyMap): JsonMap {
  const { inputs: filled, failures } = checkInputs(resourceType(token).shape, inputs);
  expect(failures).to.deep.equal([]);
  return filled as unknown as JsonMap;
}

/** What is sent to create the resource. */
export async function created(token: string, inputs: PropertyMap, ...answers: JsonMap[]) {
  const { api, requests } = recordingApi(...answers);
  await resourceType(token).create(api, checked(token, inputs));
  return requests;
}

/** What is sent to update the resource. */
export async function updated(token: string, inputs: PropertyMap, id: string, answer: JsonMap) {
  const { api, requests } = recordingApi(answer);
  await resourceType(token).update(api, id, checked(token, inputs));
  return requests;
}

/** What is sent to have the inputs judged. */
export async function validated(token: string, inputs: PropertyMap, id?: string) {
  const { api, requests } = recordingApi({});
  await resourceType(token).validate?.(api, checked(token, inputs), id);
  return requests;
}
