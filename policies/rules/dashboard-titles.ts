import { dashboardOf, isDashboard, widgetsIn } from "../datadog.ts";
import { textAt } from "../values.ts";
import { checkEach, resourceRule, stringList } from "../rule.ts";

export const dashboardTitles = resourceRule({
  name: "dashboard-titles",
  description: "Every dashboard and every graph on it has a title",
  why: "Only its author can read a graph without a title.",
  fix: "set title on the dashboard and in the definition of each widget",
  level: "mandatory",
  settings: {
    untitled: stringList("Widgets that need no title.", "note", "free_text", "image", "iframe"),
  },
  evaluate(resource, { untitled }) {
    if (!isDashboard(resource)) return [];
    const dashboard = dashboardOf(resource);
    if (textAt(dashboard, "title") === undefined) return ["it has no title"];
    return checkEach(widgetsIn(dashboard), (widget) => {
      const type = textAt(widget, "type") ?? "of no type";
      const missing = textAt(widget, "title") === undefined && !untitled.includes(type);
      return missing ? [`a widget ${type} has no title`] : [];
    });
  },
});
