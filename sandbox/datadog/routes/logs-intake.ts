import { randomUUID } from "node:crypto";
import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { isObject } from "../logs/log-event.ts";
import type { LogService } from "../logs/log-service.ts";
import { eventsOf } from "../logs/store/raw-logs.ts";

/** Datadog's limits for one request: bytes without compression, and logs. */
export const intakeBytes = 5 * 1024 * 1024;
const mostLogs = 1000;

/** A second is what a batch of a full inbox takes. */
const retryAfterSeconds = "1";

/**
 * Takes logs: 202 once they are on disk. A sender that names its batch in the header
 * `sandbox-batch` may send it again after a lost reply: it counts once.
 */
export function intakeLogs({ ingestion }: LogService, call: Call): Answer {
  const { headers, query, body } = call;
  const items = (Array.isArray(body) ? body : [body]).map((item: unknown, index) => {
    if (!isObject(item)) {
      throw new Refusal(400, `log ${index} is no JSON object`);
    }
    const { ddsource, ddtags } = query;
    return { ...(ddsource && { ddsource }), ...(ddtags && { ddtags }), ...item };
  });
  if (items.length > mostLogs) {
    throw new Refusal(400, `${items.length} logs: at most ${mostLogs} in one request`);
  }
  const name = headers["sandbox-batch"];
  const batch = typeof name === "string" && name !== "" ? name : randomUUID();
  const isAgent = headers["dd-evp-origin"] === "agent";
  const events = eventsOf(items, { batch, arrived: call.now.getTime(), isAgent });
  const isFull = events.length > 0 && ingestion.submit(batch, events) === "full";
  return isFull
    ? {
        status: 429,
        headers: { "retry-after": retryAfterSeconds },
        body: { errors: [{ status: "429", title: "Too Many Requests", detail: "logs wait" }] },
      }
    : { status: 202, body: {} };
}
