import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { whereOf } from "../datadog/queries.ts";
import { type Frame, type Tile, tile } from "./layout.ts";
import { monitorsOf } from "./variables.ts";
import { note } from "./widgets.ts";

/** What the board is for, and the pages that people open from it. */
export function introduction(text: string, frame: Frame, colour: "yellow" | "gray"): Tile {
  return tile(12, 3, note(`${text}\n\n${pages(frame).join(" · ")}`, colour));
}

function pages({ preset, links }: Frame): readonly string[] {
  const { app, shop, runbook } = links;
  const where = whereOf({ clusterName: preset.cluster, namespace: preset.namespace });
  const search = (page: string, query: string) => `${app}${page}?q=${encodeURIComponent(query)}`;
  return [
    runbook === undefined ? "Runbook: docs/runbook.md" : `[Runbook](${runbook})`,
    `[Monitors](${search("monitors/manage", monitorsOf(where))})`,
    `[Dashboards](${search("dashboard/lists", commonTitle)})`,
    `[Shop](${shop})`,
  ];
}

/** Words that the titles of all boards begin with. */
const commonTitle = dashboardTitles.timeline.split(" ").slice(0, 2).join(" ");
