import { get, messageOf } from "../api/client.ts";
import type { Slo } from "../api/shapes.ts";
import { sloRow } from "../dashboards/widgets/slo.ts";
import { element, foreign } from "../dom/element.ts";
import { repeat, update } from "../dom/refresh.ts";
import { table } from "../dom/table.ts";
import { visible } from "../text/visible.ts";
import type { Page, View } from "../view.ts";

export const slosPage: Page = { title: "SLOs", draw };

const everyMs = 5000;

/** All objectives, or the one that the address names. */
function draw({ place, url, signal }: View): void {
  const id = url.searchParams.get("slo_id");
  const list = element("div");
  place.append(list);
  const look = async (): Promise<void> => {
    const { data } = await get<{ data: readonly Slo[] }>("/api/v1/slo", signal);
    const wanted = id === null ? data : data.filter((slo) => slo.id === id);
    const sections = await Promise.all(wanted.map((slo) => section(slo, signal)));
    update(list, ...(sections.length === 0 ? [element("p", {}, "No SLO is declared.")] : sections));
  };
  repeat(
    everyMs,
    () =>
      look().catch((error: unknown) => {
        if (!signal.aborted)
          update(list, element("p", { class: "problem" }, foreign(messageOf(error))));
      }),
    signal,
  );
}

async function section(slo: Slo, signal: AbortSignal): Promise<HTMLElement> {
  const windows = slo.thresholds.map(({ timeframe }) => timeframe);
  const rows = await Promise.all(
    windows.map((window) => sloRow(slo, window, { showsBudget: true, signal })),
  );
  const heads = ["Window", "Status", "Value", "Target", "Budget left"];
  return element(
    "section",
    {},
    element("h2", {}, foreign(slo.name)),
    element("p", {}, foreign(slo.description ?? "")),
    table(visible(slo.name), heads, rows),
  );
}
