import { shownStatus, whyNotEvaluated } from "./evaluation/state/evaluated-state.ts";
import type { LogEvent } from "./logs/log-event.ts";
import type { LogReport } from "./logs/log-service.ts";
import type { Monitor, State } from "./state.ts";

/** The start page: says what this is and is not, and lists what was declared and sent. */
export function startPage(state: State, report: LogReport, newest: readonly LogEvent[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Datadog stand-in</title>
<style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.2rem .6rem;text-align:left}
code{overflow-wrap:anywhere}</style>
<h1>Datadog stand-in</h1>
<p>This is <strong>not Datadog</strong>: it is the sandbox's loopback stand-in for its API. It keeps
what the stack declares, checks it against Datadog's typed models and refuses what it does not know.
It evaluates monitors as far as Datadog documents how, and draws no dashboard. Logs pass the declared
pipelines by VRL's grok and search, not by Datadog's own.</p>
<p>${escapeHtml(figures(report))}</p>
${[...sections(state), ...logSections(report, newest)]
  .map(([title, rows]) => section(title, rows))
  .join("\n")}
</html>
`;
}

/** Title and rows of each list; the first cell is shown as code. */
function sections(state: State): [string, string[][]][] {
  return [
    ["Monitors", state.monitors.map((m) => [String(m.id), m.name, statusText(state, m)])],
    ["Dashboards", state.dashboards.map((d) => [d.id, d.title])],
    ["Log pipelines", state.pipelines.map((p) => [p.id, p.name, enabled(p.is_enabled)])],
    ["Log-based metrics", state.metrics.map((m) => [m.id, m.attributes.filter.query ?? ""])],
    ["SLOs", state.slos.map((slo) => [slo.id, slo.name])],
    ["Events", state.events.map((event) => [String(event.id), event.title])],
    ["Downtimes", state.downtimes.map((downtime) => [downtime.id, downtime.canceled ?? ""])],
    ["Unknown requests", state.unknown.map((r) => [`${r.method} ${r.url}`, r.at])],
  ];
}

function statusText(state: State, monitor: Monitor): string {
  const why = whyNotEvaluated(state, monitor);
  if (why !== undefined) return `not evaluated: ${why}`;
  const { overall_state: status, overall_state_modified: since } = shownStatus(state, monitor.id);
  return since === null ? status : `${status} since ${since}`;
}

function figures({ logs, waiting, accepted, repeated, refused, unparsed }: LogReport): string {
  return (
    `${logs} logs kept, ${waiting} waiting. Since the start: ${accepted} accepted, ` +
    `${unparsed} unparsed, ${repeated} batches that came again, ${refused} refused.`
  );
}

function logSections(report: LogReport, newest: readonly LogEvent[]): [string, string[][]][] {
  return [
    ["Processors not run", report.notRun.map(({ at, type, why }) => [at.join(" > "), type, why])],
    ["Unparsed logs", report.newestUnparsed.map(({ at, why, message }) => [at, why, message])],
    [
      "Newest logs",
      newest.map(({ timestamp, service, status, message }) => [
        new Date(timestamp).toISOString(),
        service,
        status,
        message.slice(0, 300),
      ]),
    ],
  ];
}

function enabled(isEnabled: boolean): string {
  return isEnabled ? "enabled" : "disabled";
}

function section(title: string, rows: string[][]): string {
  const lines = rows.map(([first = "", ...cells]) => {
    const others = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><td><code>${escapeHtml(first)}</code></td>${others}</tr>`;
  });
  const table = lines.length === 0 ? "<p>none</p>" : `<table>${lines.join("\n")}</table>`;
  return `<h2>${escapeHtml(title)} (${rows.length})</h2>\n${table}`;
}

const entities: Partial<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
