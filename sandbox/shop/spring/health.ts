import type { Clock } from "../clock.ts";
import { millis } from "../clock.ts";
import type { HttpResponse } from "../../http/message.ts";

/** Body of the Java services' GET /health: always 200, whatever it says. */
export function springHealth(
  clock: Clock,
  entries: readonly (readonly [service: string, ok: boolean])[],
): HttpResponse {
  const date = new Date(millis(clock)).toISOString();
  const health = entries.map(([service, ok]) => ({ service, status: ok ? "OK" : "err", date }));
  return {
    status: 200,
    headers: { "content-type": "application/json;charset=UTF-8" },
    body: JSON.stringify({ health }),
  };
}
