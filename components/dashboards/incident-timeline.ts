import { dashboardTitles, titleIn } from "../datadog/dashboard-titles.ts";
import { type Budgets, budgetGroup } from "./budget-tiles.ts";
import { causeGroup } from "./cause-tiles.ts";
import { customerGroup } from "./customer-tiles.ts";
import { introduction } from "./introduction.ts";
import { type Board, board, type Frame } from "./layout.ts";
import { lineGroup } from "./line-tiles.ts";
import { backendGroup } from "./backend-tiles.ts";
import { stateGroup } from "./state-tiles.ts";

/** What somebody on call reads from top to bottom: is it on, what broke, what it does, since when. */
export function incidentTimeline(frame: Frame, budgets: Budgets): Board {
  const text =
    "**Is it on?** The first group says it: pods of payment, failed orders, monitors. **What " +
    "broke?** payment's pods and addresses. **What do customers see?** Orders by outcome, requests " +
    "by route. Bars behind the graphs are the markers of staged incidents, and what Kubernetes says " +
    "of payment. Click a graph for the log lines of that time. Logs carry UTC; this page shows your " +
    "own time zone.";
  return board(frame, {
    title: titleIn(dashboardTitles.timeline, frame.preset.namespace),
    description:
      "Is the incident on, what broke, what do customers see, and since when. Managed by Pulumi.",
    introduction: introduction(text, frame, "yellow"),
    groups: [
      stateGroup(),
      causeGroup(),
      customerGroup(),
      backendGroup(),
      budgetGroup(budgets),
      lineGroup(),
    ],
  });
}
