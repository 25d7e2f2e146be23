import type { Api, ApiRequest } from "../../sandbox/plugins/datadog/api/api.ts";
import type { JsonMap } from "../../sandbox/plugins/datadog/api/json.ts";

/** An API that answers with the given bodies in turn, and keeps what it was asked. */
export function recordingApi(...answers: JsonMap[]): { api: Api; requests: ApiRequest[] } {
  const requests: ApiRequest[] = [];
  const api: Api = (request) => {
    // As on the wire: without undefined, and a written body read again.
    const { body } = request;
    const sent = typeof body === "string" ? (JSON.parse(body) as JsonMap) : body;
    requests.push(JSON.parse(JSON.stringify({ ...request, body: sent })) as ApiRequest);
    return Promise.resolve(answers.shift() ?? {});
  };
  return { api, requests };
}
