import { get } from "../../api/client.ts";
import type { Definition, Slo, SloHistory } from "../../api/shapes.ts";
import { badge, element, foreign, link } from "../../dom/element.ts";
import { update } from "../../dom/refresh.ts";
import { table } from "../../dom/table.ts";
import { visible } from "../../text/visible.ts";
import { spanMs } from "../../time/range.ts";
import { type Board, type Drawn, textIn, valuesMs } from "../board.ts";
import { NotDrawn } from "../requests.ts";
import { sloStatus } from "../slo-status.ts";

/** An objective over its time windows: status, target, and what is left of the error budget. */
export function drawSlo(definition: Definition, board: Board, body: HTMLElement): Drawn {
  const id = textIn(definition, "slo_id");
  if (id === undefined) throw new NotDrawn("slo_id is missing");
  const windows = Array.isArray(definition["time_windows"])
    ? (definition["time_windows"] as readonly unknown[]).map(String)
    : ["7d"];
  const showsBudget = definition["show_error_budget"] !== false;
  return {
    everyMs: valuesMs,
    refresh: async () => {
      const { data } = await get<{ data: Slo | readonly Slo[] }>(
        `/api/v1/slo/${encodeURIComponent(id)}`,
        board.signal,
      );
      const slo = Array.isArray(data) ? (data as readonly Slo[])[0] : (data as Slo);
      if (slo === undefined) throw new Error(`no SLO has the id ${id}`);
      const rows = await Promise.all(
        windows.map(async (window) => sloRow(slo, window, { showsBudget, signal: board.signal })),
      );
      const heads = [
        "Window",
        "Status",
        "Value",
        "Target",
        ...(showsBudget ? ["Budget left"] : []),
      ];
      update(
        body,
        element("p", {}, link(`/slo?slo_id=${encodeURIComponent(slo.id)}`, slo.name)),
        table(visible(definition.title ?? slo.name), heads, rows),
      );
    },
  };
}

/** One window of an SLO as cells of a table. */
export async function sloRow(
  slo: Slo,
  window: string,
  options: { readonly showsBudget: boolean; readonly signal: AbortSignal },
): Promise<readonly (Node | string)[]> {
  const threshold =
    slo.thresholds.find(({ timeframe }) => timeframe === window) ?? slo.thresholds[0];
  const span = spanMs(window) ?? 7 * 86_400_000;
  const to = Math.floor(Date.now() / 1000);
  const from = to - Math.floor(span / 1000);
  const target = threshold?.target;
  const path =
    `/api/v1/slo/${encodeURIComponent(slo.id)}/history?from_ts=${from}&to_ts=${to}` +
    (target === undefined ? "" : `&target=${target}`);
  const { data } = await get<SloHistory>(path, options.signal);
  const { status, value, budget } = sloStatus(data, threshold);
  return [
    window,
    badge(status),
    foreign(value),
    target === undefined ? "none" : `${target} %`,
    ...(options.showsBudget ? [foreign(budget)] : []),
  ];
}
