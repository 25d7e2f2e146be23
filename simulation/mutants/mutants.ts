import type { DeclaredMonitor } from "../declared/declared.ts";

/** A monitor with one thing changed. */
export interface Mutant {
  /** What was changed, such as `threshold +1`. */
  readonly change: string;
  readonly monitor: DeclaredMonitor;
}

/** Every small change of a monitor that a scenario should notice. */
export function mutantsOf(monitor: DeclaredMonitor): readonly Mutant[] {
  const byQuery = [
    ...flipped(monitor.query),
    ...thresholds(monitor.query),
    ...windows(monitor.query),
    ...filters(monitor.query),
    ...renamed(monitor.query),
  ].map(([change, query]) => ({ change, monitor: { ...monitor, query } }));
  const changed = byQuery.filter((mutant) => mutant.monitor.query !== monitor.query);
  return [...changed, ...otherLimits(monitor), ...withoutNoData(monitor)];
}

type Change = readonly [change: string, query: string];

const comparison = /(<=|>=|<|>) (-?[\d.]+)$/;
const opposite: Partial<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

function flipped(query: string): readonly Change[] {
  const turned = query.replace(comparison, (_, sign: string, number: string) => {
    return `${opposite[sign] ?? sign} ${number}`;
  });
  const negations = query.includes("!") && /^[\d !&|()]+$/.test(query);
  return [
    ["comparison flipped", turned],
    ...(/\d && \d|\d && !/.test(query) ? [["|| for &&", query.replace("&&", "||")] as const] : []),
    ...(negations ? [["without !", query.replace("!", "")] as const] : []),
  ];
}

function thresholds(query: string): readonly Change[] {
  return [1, -1].map((step) => [
    `threshold ${step > 0 ? "+" : ""}${step}`,
    query.replace(comparison, (_, sign: string, number: string) => {
      return `${sign} ${Math.round((Number(number) + step) * 100) / 100}`;
    }),
  ]);
}

function windows(query: string): readonly Change[] {
  const halves = (text: string, pattern: RegExp) =>
    text.replace(pattern, (all, before: string, count: string, unit: string) => {
      const minutes = Math.floor((Number(count) * (unit === "h" ? 60 : 1)) / 2);
      return minutes < 1 ? all : `${before}${minutes}m`;
    });
  const fewer = query.replace(/\.last\((\d+)\)/, (all, count: string) => {
    return Number(count) > 1 ? `.last(${Number(count) - 1})` : all;
  });
  return [
    ["one report fewer", fewer],
    ["window halved", halves(query, /(last_|\.last\(")(\d+)(m|h)/)],
    ["long window halved", halves(query, /(long_window\(")(\d+)(m|h)/)],
    ["short window halved", halves(query, /(short_window\(")(\d+)(m|h)/)],
  ];
}

function filters(query: string): readonly Change[] {
  const search = /^logs\("((?:[^"\\]|\\.)*)"\)/.exec(query)?.[1];
  if (search !== undefined) {
    const terms = search.match(/(?:[^\s("\\]|\\"[^\\]*\\"|\([^)]*\))+/g) ?? [];
    const without = terms.map((term): Change => [
      `without ${term.replaceAll("\\", "")}`,
      query.replace(search, terms.filter((one) => one !== term).join(" ")),
    ]);
    return [...without, ["filter narrowed", query.replace(search, `${search} host:nobody`)]];
  }
  const over = /^"[^"]*"\.over\("([^"]*)"\)/.exec(query)?.[1];
  if (over !== undefined) {
    return [
      [`without ${over}`, query.replace(over, "*")],
      ["filter narrowed", query.replace(`"${over}"`, `"${over}","host:nobody"`)],
    ];
  }
  const scopes = [...new Set(query.match(/\{[^{}]*\}/g) ?? [])];
  const tags = new Set(scopes.flatMap((scope) => scope.slice(1, -1).split(",")));
  const without = [...tags].map((tag): Change => [
    `without ${tag}`,
    query.replaceAll(/\{([^{}]*)\}/g, (_, scope: string) => {
      const rest = scope.split(",").filter((one) => one !== tag);
      return `{${rest.length === 0 ? "*" : rest.join(",")}}`;
    }),
  ]);
  return [...without, ["filter narrowed", query.replaceAll("}", ",host:nobody}")] as const];
}

const nameTag = /\b(service|kube_deployment|kube_endpoint|kube_job):([\w-]+)/g;

function renamed(query: string): readonly Change[] {
  return [["service renamed", query.replaceAll(nameTag, "$1:renamed-$2")]];
}

/**
 * Thresholds that do not stand in the query: all of a check, of others those of warnings and of
 * recoveries. A check's are numbers of reports, of which there is one at least.
 */
function otherLimits(monitor: DeclaredMonitor): readonly Mutant[] {
  const limits = monitor.options.thresholds ?? {};
  const isCheck = monitor.type === "service check";
  return Object.entries(limits).flatMap(([name, value]) => {
    if (typeof value !== "number" || (name === "critical" && !isCheck)) return [];
    const steps = isCheck && value === 1 ? [1] : [1, -1];
    return steps.map((step): Mutant => {
      const options = { ...monitor.options, thresholds: { ...limits, [name]: value + step } };
      return { change: `${name} ${step > 0 ? "+" : ""}${step}`, monitor: { ...monitor, options } };
    });
  });
}

/** Without the policy of missing data, Datadog's own stands. */
function withoutNoData(monitor: DeclaredMonitor): readonly Mutant[] {
  const { on_missing_data: onMissingData, notify_no_data: notify, ...options } = monitor.options;
  const has = onMissingData !== undefined || notify === true;
  return has ? [{ change: "without no-data policy", monitor: { ...monitor, options } }] : [];
}
