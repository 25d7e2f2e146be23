import type { DeclaredMonitor } from "../declared/declared.ts";
import type { Replayed } from "../replay/replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";
import { firstNotified } from "./compare-expected.ts";

/** A scenario with what came of it. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly monitors: readonly DeclaredMonitor[];
  readonly replayed: Replayed;
}

const head = `# What the monitors detect

Every monitor of the stack against every fault that can be staged, and against changes that are no
fault. The simulator (\`./lab signals test\`) writes this page at \`npm run docs:update\`: it replays
the lines and states of the shop through the declared agent rules, log pipelines and log metrics, and
evaluates the monitors every minute.

A number is the minutes from the beginning of the fault, or of what else happens, to the first alert;
**bold** where it notifies. \`warn\` is a warning, \`no data\` a loss of data after that many minutes;
\`on\`: already alerting; \`-\`: no alert.

Before each fault but the recorded run the shop was used for six hours. A younger shop is
notified sooner: with few orders, the first failures already burn the error budgets.
`;

/** The text of docs/detection.md. */
export function detectionPage(outcomes: readonly Outcome[]): string {
  const faults = outcomes.filter(({ scenario }) => scenario.fault !== undefined);
  const controls = outcomes.filter(({ scenario }) => scenario.fault === undefined);
  return [
    head,
    lagText(outcomes),
    "## Faults",
    "The budget is the time within which the first notification must come; `none` where failures are too rare.",
    table(["fault", "budget", "notified after", "first by"], faults.map(budgetRow)),
    "## No faults",
    "None of these notifies. Monitors that change status here only show it in the dashboards.",
    table(["what happens", "who changes status"], controls.map(controlRow)),
    "## Monitors and faults",
    matrix(outcomes),
  ].join("\n\n");
}

/** Data that is late can be a minute late, as monitors are evaluated once a minute. */
function lagText(outcomes: readonly Outcome[]): string {
  const late = outcomes.flatMap(({ scenario: { mode, lag } }) => {
    const { logs, metrics } = lag;
    const seconds = `logs ${logs / 1000} s late, metrics ${metrics / 1000} s`;
    return logs + metrics === 0 ? [] : [`"${mode}" (${seconds})`];
  });
  return `Signals arrive at once, but in ${late.join(", ")}.\nLate ones can cost a minute more.`;
}

/** From when on the page counts. */
function beginOf(scenario: Scenario): number {
  return startOf(scenario) + (scenario.fault?.from ?? scenario.happens ?? 0);
}

function budgetRow({ scenario, monitors, replayed }: Outcome): readonly string[] {
  const { mode, fault } = scenario;
  const begins = beginOf(scenario);
  const [first] = firstNotified(monitors, replayed, begins);
  return [
    mode,
    fault?.within === "never" ? "none" : minutes(fault?.within ?? 0),
    first === undefined ? "never" : minutes(first[1] - begins),
    first === undefined ? "-" : `\`${first[0]}\``,
  ];
}

function controlRow({ scenario, monitors, replayed }: Outcome): readonly string[] {
  const noisy = monitors.filter(({ key }) => {
    return !/^-$|\bon$/.test(cell({ scenario, replayed }, key));
  });
  return [scenario.mode, noisy.map(({ key }) => `\`${key}\``).join(", ") || "nobody"];
}

/** A row for each monitor, a column for each scenario. */
function matrix(outcomes: readonly Outcome[]): string {
  const keys = new Map(
    outcomes.flatMap(({ monitors }) => monitors.map((one) => [one.key, one] as const)),
  );
  const rows = [...keys.values()]
    .sort((a, b) => a.priority - b.priority || a.key.localeCompare(b.key))
    .map(({ key, priority }) => [
      `\`${key}\``,
      `P${priority}`,
      ...outcomes.map((outcome) => cellText(outcome, key)),
    ]);
  const modes = outcomes.map(({ scenario }) => scenario.mode);
  return table(["monitor", "priority", ...modes], rows);
}

function cellText(outcome: Outcome, key: string): string {
  const monitor = outcome.monitors.find((one) => one.key === key);
  if (monitor === undefined) return "not declared";
  const text = cell(outcome, key);
  const isNotified =
    firstNotified([monitor], outcome.replayed, beginOf(outcome.scenario)).length > 0;
  return isNotified ? `**${text}**` : text;
}

function cell({ scenario, replayed }: Pick<Outcome, "scenario" | "replayed">, key: string): string {
  if (replayed.notEvaluated.has(key)) return "not evaluated";
  const begins = beginOf(scenario);
  const all = replayed.transitions.get(key) ?? [];
  const before = all.findLast(({ at }) => at < begins)?.to;
  if (before === "Alert") return "on";
  const turns = all.filter(({ at }) => at >= begins);
  const first = (status: string) => turns.find(({ to, from }) => to === status && from !== to);
  const [alert, warn, noData] = [first("Alert"), first("Warn"), first("No Data")];
  if (alert !== undefined) return minutes(alert.at - begins);
  if (warn !== undefined) return `warn ${minutes(warn.at - begins)}`;
  if (noData !== undefined) return `no data ${minutes(noData.at - begins)}`;
  return before === undefined || before === "OK" ? "-" : `${before.toLowerCase()} on`;
}

function minutes(ms: number): string {
  return `${ms / 60_000} min`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}
