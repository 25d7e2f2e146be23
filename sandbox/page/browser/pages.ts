import type { Page } from "./view.ts";
import { dashboardPage } from "./views/dashboard.ts";
import { dashboardsPage } from "./views/dashboards.ts";
import { eventsPage } from "./views/events.ts";
import { liveTailPage } from "./views/live-tail.ts";
import { logsPage } from "./views/logs.ts";
import { pipelinesPage } from "./views/pipelines.ts";
import { slosPage } from "./views/slos.ts";
import { startPage } from "./views/start.ts";
import { monitorsPage } from "./views/monitors.ts";
import { monitorPage } from "./views/monitor.ts";

const pages: readonly (readonly [path: RegExp, page: Page])[] = [
  [/^\/$/, startPage],
  [/^\/monitors(?:\/manage)?$/, monitorsPage],
  [/^\/monitors\/\d+$/, monitorPage],
  [/^\/dashboard\/lists$/, dashboardsPage],
  [/^\/dashboard\/[^/]+(?:\/[^/]*)?$/, dashboardPage],
  [/^\/logs$/, logsPage],
  [/^\/logs\/livetail$/, liveTailPage],
  [/^\/logs\/pipelines$/, pipelinesPage],
  [/^\/event\/explorer$/, eventsPage],
  [/^\/slo(?:\/manage)?$/, slosPage],
];

const nothing: Page = {
  title: "Not here",
  draw: ({ place, url }) => {
    place.append(`The stand-in has no page ${url.pathname}.`);
  },
};

export function pageOf(path: string): Page {
  return pages.find(([pattern]) => pattern.test(path))?.[1] ?? nothing;
}
