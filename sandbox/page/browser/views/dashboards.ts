import { get } from "../api/client.ts";
import type { Dashboard } from "../api/shapes.ts";
import { element, foreign, link } from "../dom/element.ts";
import { table } from "../dom/table.ts";
import type { Page, View } from "../view.ts";
import { searchForm } from "./search-form.ts";

export const dashboardsPage: Page = { title: "Dashboards", draw };

/** The boards whose title holds a text, as Datadog's own list searches. */
async function draw(view: View): Promise<void> {
  const { place, url, signal } = view;
  const query = url.searchParams.get("q") ?? "";
  const { dashboards } = await get<{ dashboards: readonly Dashboard[] }>(
    "/api/v1/dashboard",
    signal,
  );
  const found = dashboards.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
  const rows = found.map((one) => [link(one.url, one.title), foreign(one.description ?? "")]);
  place.append(
    searchForm(view, { name: "q", label: "Title", value: query }),
    rows.length === 0
      ? element("p", {}, `No dashboard is declared${query === "" ? "" : " with such a title"}.`)
      : table("Dashboards", ["Title", "Description"], rows),
  );
}
