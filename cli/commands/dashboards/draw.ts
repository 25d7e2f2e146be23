import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineCommand, option } from "../../framework/command.ts";
import { stackOption } from "../../framework/shared-options.ts";

const scenarioFolder = join("simulation", "scenarios");

export const dashboardsDraw = defineCommand({
  name: "dashboards draw",
  summary: "draw the declared dashboards over a replayed scenario, as SVG and PNG",
  options: {
    scenario: option({
      placeholder: "name",
      help: `name of a file in ${scenarioFolder} (default: payment-down)`,
      suggestions: ({ root }) =>
        readdirSync(join(root, scenarioFolder)).flatMap(
          (file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? [],
        ),
      read: (name) => name ?? "payment-down",
    }),
    out: option({
      placeholder: "folder",
      help: "folder for the pictures (default: dashboards)",
      suggestions: "files",
      read: (folder) => folder ?? "dashboards",
    }),
    stack: stackOption,
  },
  details:
    "Needs no cluster and no Datadog: the stand-in answers the queries. Exit code 1 if a widget " +
    "shows no data and simulation/drawing/empty-widgets.ts does not say why it may.",
  examples: [
    ["./lab dashboards draw", "draw the boards of a payment outage"],
    ["./lab dashboards draw --scenario declines --out pictures", "draw them over declines"],
  ],
  run: async (given, context) =>
    (await import("../../actions/dashboards/draw.ts")).runDashboardsDraw(given, context),
});
