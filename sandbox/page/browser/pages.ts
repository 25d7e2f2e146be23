import type { Page } from "./view.ts";
import { startPage } from "./views/start.ts";
import { monitorsPage } from "./views/monitors.ts";
import { monitorPage } from "./views/monitor.ts";

const pages: readonly (readonly [path: RegExp, page: Page])[] = [
  [/^\/$/, startPage],
  [/^\/monitors(?:\/manage)?$/, monitorsPage],
  [/^\/monitors\/\d+$/, monitorPage],
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
