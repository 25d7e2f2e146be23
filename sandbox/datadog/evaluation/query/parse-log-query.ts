import { splitComparison } from "../../validation/monitor-query.ts";
import { type ChainQuery, parseChain } from "../../validation/query-chain.ts";
import {
  type CheckPlan,
  type Compared,
  type LogMeasure,
  type LogPlan,
  notEvaluated,
  type NotEvaluated,
  type SloPlan,
} from "./plan.ts";
import { minutesOf } from "./windows.ts";

/** `logs("…").index("*").rollup("count").last("5m") > 0` */
export function logPlan(query: string, compared: Compared): LogPlan | NotEvaluated {
  const chain = comparedChain(query);
  if (typeof chain === "string") return notEvaluated(chain);
  const measure = logMeasure(argumentsOf(chain, "rollup"));
  const why = whyNotLogs(chain);
  if (why !== undefined) return notEvaluated(why);
  if (measure === undefined) return notEvaluated("this rollup of logs is not understood");
  return {
    kind: "log",
    search: (chain.headArgument ?? "").replaceAll(/\\(["\\])/g, "$1"),
    measure,
    minutes: minutesOf(argumentsOf(chain, "last")[0] ?? "") ?? 0,
    by: argumentsOf(chain, "by").filter((path) => path !== "*"),
    ...numbersOf(compared),
  };
}

function whyNotLogs(chain: ChainQuery): string | undefined {
  const odd = unknownCall(chain, ["index", "rollup", "by", "last"]);
  if (odd !== undefined) return `.${odd}(…) of a log query is not understood`;
  const index = argumentsOf(chain, "index").find((name) => name !== "*" && name !== "main");
  return index === undefined ? undefined : `the index ${index} is not known here`;
}

const measures: Partial<Record<string, "avg" | "sum" | "min" | "max">> = {
  avg: "avg",
  sum: "sum",
  min: "min",
  max: "max",
};

function logMeasure([method = "", path]: readonly string[]): LogMeasure | undefined {
  if (method === "count") return path === undefined ? { kind: "count" } : undefined;
  if (path === undefined) return undefined;
  if (method === "cardinality") return { kind: "cardinality", path };
  const aggregation = measures[method];
  if (aggregation !== undefined) return { kind: "measure", aggregation, percent: 0, path };
  const [, percent] = /^pc(75|90|95|98|99)$/.exec(method) ?? [];
  return percent === undefined
    ? undefined
    : { kind: "measure", aggregation: "percentile", percent: Number(percent), path };
}

/** `"check".over("a:b").by("host").last(2).count_by_status()` */
export function checkPlan(query: string): CheckPlan | NotEvaluated {
  const chain = parseChain(query);
  if (typeof chain === "string") return notEvaluated(chain);
  const odd = unknownCall(chain, ["over", "by", "last", "count_by_status"]);
  if (odd !== undefined) return notEvaluated(`.${odd}(…) of a check query is not understood`);
  const over = argumentsOf(chain, "over").map((tag) => tag.toLowerCase());
  const by = argumentsOf(chain, "by").filter((key) => key !== "*");
  const last = Number(argumentsOf(chain, "last")[0]);
  if (!Number.isInteger(last) || last < 1)
    return notEvaluated(".last(n) must say how many runs count");
  if (over.some((tag) => tag.includes("*") && tag !== "*")) {
    return notEvaluated("wildcards in .over(…) are not understood");
  }
  const check = chain.quotedHead ?? "";
  return { kind: "check", check, over: over.filter((tag) => tag !== "*"), by, last };
}

/** `burn_rate("slo").over("7d").long_window("1h").short_window("5m") > 14.4` */
export function sloPlan(
  query: string,
  compared: Compared & { readonly sloId: string },
): SloPlan | NotEvaluated {
  const chain = comparedChain(query);
  if (typeof chain === "string") return notEvaluated(chain);
  if (chain.head !== "burn_rate")
    return notEvaluated(`${chain.head ?? "such"} alerts are not understood`);
  const [timeframe = ""] = argumentsOf(chain, "over");
  const longMinutes = minutesOf(argumentsOf(chain, "long_window")[0] ?? "");
  const shortMinutes = minutesOf(argumentsOf(chain, "short_window")[0] ?? "");
  if (longMinutes === undefined || shortMinutes === undefined) {
    return notEvaluated("a burn rate needs .long_window(…) and .short_window(…)");
  }
  const windows = { timeframe, longMinutes, shortMinutes };
  return { kind: "slo", slo: compared.sloId, ...windows, ...numbersOf(compared) };
}

function numbersOf({ comparator, threshold }: Compared): Compared {
  return { comparator, threshold };
}

function comparedChain(query: string): ChainQuery | string {
  const [left = ""] = splitComparison(query) ?? [];
  return parseChain(left);
}

function unknownCall({ calls }: ChainQuery, known: readonly string[]): string | undefined {
  return calls.find(({ name }) => !known.includes(name))?.name;
}

/** The arguments of a call, without their quotes; none where the call is absent. */
function argumentsOf({ calls }: ChainQuery, wanted: string): readonly string[] {
  const { args = "" } = calls.find(({ name }) => name === wanted) ?? {};
  return [...args.matchAll(/"([^"]*)"|'([^']*)'|([^\s,"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
