import { type Answer, type Call, Refusal } from "../http/handler.ts";
import type { State } from "../state.ts";

/** No dashboard lists are kept here, so that every one that is named is missing. */
export function changeDashboardList(_state: State, call: Call): Answer {
  throw new Refusal(404, `Manual Dashboard List with id ${call.params["id"] ?? ""} not found`);
}
