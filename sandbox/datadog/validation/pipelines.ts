import { parseRule, ruleLines } from "../logs/grok/rule-lines.ts";
import { whyNotLogFilter } from "./log-filter.ts";
import type { Pipeline, Processor } from "../state.ts";

/** Datadog's limits, as its log documentation gives them. */
const mostProcessors = 20;
const mostGrokRules = 10;
const mostSamples = 5;
const longestSample = 5000;

/** What is wrong with a pipeline beyond its shape, as one sentence. */
export function whyNotPipeline({ filter, processors }: Pipeline): string | undefined {
  return (
    whyNotFilter("filter", filter) ??
    whyNotProcessors("processors", processors) ??
    firstOf(processors, (processor, index) => whyNotNested(`processors[${index}]`, processor))
  );
}

function firstOf<T>(
  items: T[],
  judge: (item: T, index: number) => string | undefined,
): string | undefined {
  return items.map(judge).find((why) => why !== undefined);
}

function whyNotFilter(at: string, filter: { query?: string } | undefined): string | undefined {
  const query = filter?.query ?? "";
  return /(?:^|[\s(])-?\*:/.test(query)
    ? `${at}.query: full-text search (*:) is not allowed in pipeline filters`
    : whyNotLogFilter(at, query);
}

function whyNotProcessors(at: string, processors: Processor[]): string | undefined {
  return processors.length > mostProcessors
    ? `${at}: at most ${mostProcessors} processors, got ${processors.length}`
    : firstOf(processors, (processor, index) => whyNotGrok(`${at}[${index}]`, processor));
}

/** A pipeline within a pipeline holds processors alone. */
function whyNotNested(at: string, processor: Processor): string | undefined {
  if (processor.type !== "pipeline") {
    return undefined;
  }
  const inner = (processor["processors"] ?? []) as Processor[];
  return inner.some(({ type }) => type === "pipeline")
    ? `${at}: a nested pipeline cannot hold a pipeline`
    : (whyNotFilter(`${at}.filter`, processor["filter"] as { query?: string } | undefined) ??
        whyNotProcessors(`${at}.processors`, inner));
}

function whyNotGrok(at: string, processor: Processor): string | undefined {
  if (processor.type !== "grok-parser") {
    return undefined;
  }
  const grok = processor["grok"] as { match_rules: string; support_rules?: string };
  const samples = (processor["samples"] ?? []) as string[];
  return (
    whyNotSamples(`${at}.samples`, samples) ??
    whyNotRules(`${at}.grok.match_rules`, grok.match_rules, mostGrokRules) ??
    whyNotRules(`${at}.grok.support_rules`, grok.support_rules ?? "", Infinity)
  );
}

function whyNotSamples(at: string, samples: string[]): string | undefined {
  if (samples.length > mostSamples) {
    return `${at}: at most ${mostSamples} samples, got ${samples.length}`;
  }
  const long = samples.findIndex((sample) => sample.length > longestSample);
  return long < 0 ? undefined : `${at}[${long}]: longer than ${longestSample} characters`;
}

function whyNotRules(at: string, text: string, most: number): string | undefined {
  const rules = ruleLines(text);
  if (rules.length > most) {
    return `${at}: at most ${most} rules, got ${rules.length}`;
  }
  const names = rules.map((rule) => parseRule(rule)?.[0]);
  const nameless = names.indexOf(undefined);
  if (nameless >= 0) {
    return `${at}: rule ${nameless + 1} must read "name pattern", got ${JSON.stringify(rules[nameless])}`;
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `${at}: two rules are named "${twice}"`;
}
