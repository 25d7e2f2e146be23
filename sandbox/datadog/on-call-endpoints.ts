import { type Endpoints, v2 } from "./http/endpoint.ts";
import { getTeamRouting, policies, schedules, setTeamRouting } from "./routes/on-call.ts";

const query = ["include"];
const kept = "as it was sent; nobody is paged";

/** On-Call: kept as declared. */
export const onCallEndpoints: Endpoints = {
  "POST /api/v2/on-call/schedules": {
    body: v2("ScheduleCreateRequest"),
    query,
    run: schedules.create,
    imitates: kept,
  },
  "GET /api/v2/on-call/schedules/:id": { query, run: schedules.get, imitates: kept },
  "PUT /api/v2/on-call/schedules/:id": {
    body: v2("ScheduleUpdateRequest"),
    query,
    run: schedules.update,
    imitates: kept,
  },
  "DELETE /api/v2/on-call/schedules/:id": { run: schedules.remove, imitates: "at once" },
  "POST /api/v2/on-call/escalation-policies": {
    body: v2("EscalationPolicyCreateRequest"),
    query,
    run: policies.create,
    imitates: kept,
  },
  "GET /api/v2/on-call/escalation-policies/:id": { query, run: policies.get, imitates: kept },
  "PUT /api/v2/on-call/escalation-policies/:id": {
    body: v2("EscalationPolicyUpdateRequest"),
    query,
    run: policies.update,
    imitates: kept,
  },
  "DELETE /api/v2/on-call/escalation-policies/:id": { run: policies.remove, imitates: "at once" },
  "GET /api/v2/on-call/teams/:id/routing-rules": { query, run: getTeamRouting, imitates: kept },
  "PUT /api/v2/on-call/teams/:id/routing-rules": {
    body: v2("TeamRoutingRulesRequest"),
    query,
    run: setTeamRouting,
    imitates: "any id is a team; nobody is paged",
  },
};
