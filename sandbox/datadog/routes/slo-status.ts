import type { Span } from "../evaluation/values/data.ts";
import { sloStatus } from "../evaluation/values/slo-status.ts";
import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import { querySources } from "../query/query-sources.ts";
import { sloShare, unitOf } from "../query/slo-figures.ts";
import type { State } from "../state.ts";
import { answered } from "./metric-query.ts";
import { budgetUnit } from "./slo-history.ts";

/** `GET /api/v2/slo/{id}/status`: against the first threshold of the SLO. */
export async function getSloStatus(
  { telemetry }: LogService,
  call: Call,
  state: State,
): Promise<Answer> {
  const id = call.params["id"] ?? "";
  const slo = state.slos.find((one) => one.id === id);
  const [threshold] = slo?.thresholds ?? [];
  if (slo === undefined || threshold === undefined) {
    throw new Refusal(404, `SLO ID: ${id} not found`);
  }
  const span = windowOf(call);
  const sources = querySources(telemetry, state, call.now);
  const share = await answered(() => sloShare(id, span, sources));
  if (typeof share === "string") throw new Refusal(400, share);
  const { state: status, sli, budget, rawBudget } = sloStatus(share, threshold, unitOf(slo));
  const numbers = sli === undefined ? {} : { sli, error_budget_remaining: budget };
  return {
    body: {
      data: {
        id,
        type: "slo_status",
        attributes: {
          ...{ error_budget_remaining: null, sli: null, ...numbers },
          raw_error_budget_remaining: { unit: budgetUnit(slo), value: rawBudget ?? null },
          span_precision: 2,
          state: status,
        },
      },
    },
  };
}

function windowOf(call: Call): Span {
  const [from, to] = [wholeParameter(call, "from_ts") ?? 0, wholeParameter(call, "to_ts") ?? 0];
  if (from >= to) throw new Refusal(400, `from_ts (${from}) must be before to_ts (${to})`);
  return { from: from * 1000, to: to * 1000 };
}
