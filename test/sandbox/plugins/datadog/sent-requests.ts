import type { JsonMap } from "../../../../sandbox/plugins/datadog/api/json.ts";
import { resourceType } from "../../../../sandbox/plugins/datadog/resource-types.ts";
import type { PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";
import { recordingApi } from "../../../../simulation/declared/recording-api.ts";
import { checked } from "../../../../simulation/declared/sent-requests.ts";

/** The requests that update a resource. */
export async function updated(token: string, inputs: PropertyMap, id: string, answer: JsonMap) {
  const { api, requests } = recordingApi(answer);
  await resourceType(token).update(api, id, checked(token, inputs));
  return requests;
}

/** The requests that validate the inputs of a resource. */
export async function validated(token: string, inputs: PropertyMap, id?: string) {
  const { api, requests } = recordingApi({});
  await resourceType(token).validate?.(api, checked(token, inputs), id);
  return requests;
}
