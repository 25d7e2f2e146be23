import { parseSearch } from "../search/parse.ts";
import { predicateOf } from "../search/predicate.ts";
import { vrlQueries } from "../search/vrl-query.ts";
import { CompileError, type Failure } from "../vrl/compiled-programs.ts";
import type { VrlWorker } from "../vrl/worker.ts";
import { foundAttributes } from "./grok/found-attributes.ts";
import { translateRules, type TranslatedRules } from "./grok/translate-rules.ts";
import { type Attributes, type LogEvent, wellFormed } from "./log-event.ts";

/** What pipelines need of VRL: Datadog's grok and Datadog's search. */
export interface LogEngine {
  /**
   * For each text the first rule that matches; `undefined` where none does.
   *
   * @param arrived milliseconds since 1970: dates without a year are of that one. @default now
   */
  grok(
    definition: GrokDefinition,
    texts: readonly string[],
    arrived?: number,
  ): Promise<GrokOutcome[]>;
  /** For each log, which of the searches match it. */
  match(queries: readonly string[], events: readonly LogEvent[]): Promise<MatchOutcome[]>;
  /** For each text of a user agent what VRL reads in it; `undefined` where it fails. */
  userAgents(texts: readonly string[]): Promise<(Attributes | undefined)[]>;
}

/** As the Datadog API has it. */
export interface GrokDefinition {
  readonly match_rules: string;
  readonly support_rules?: string;
}

export type GrokOutcome =
  { readonly rule: string; readonly found: Attributes } | { readonly failed: Failure } | undefined;

export type MatchOutcome = readonly boolean[] | { readonly failed: Failure };

export function createLogEngine(worker: VrlWorker): LogEngine {
  const translated = cached(translation);
  return {
    grok: async (definition, texts, arrived = Date.now()) => {
      const { support, rules, captures } = translated(definition);
      const program = { kind: "grok", support, rules } as const;
      // blanks at the end of a text do not count
      const values = texts.map((text) => ({ text: wellFormed(text).trimEnd() }));
      const outcomes = await worker.run(program, values);
      return outcomes.map((outcome) => {
        if ("failed" in outcome) {
          return outcome;
        }
        const hit = outcome.value as { rule: number; found: Attributes } | null;
        if (hit === null) {
          return undefined;
        }
        const found = foundAttributes(hit.found, captures, arrived);
        return { rule: rules[hit.rule]?.[0] ?? "", found };
      });
    },
    userAgents: async (texts) => {
      const values = texts.map((text) => ({ text: wellFormed(text) }));
      const outcomes = await worker.run({ kind: "user-agent" }, values);
      return outcomes.map((one) => ("failed" in one ? undefined : (one.value as Attributes)));
    },
    match: async (queries, events) => {
      const { queries: written, shape } = vrlQueries(queries.map(parseSearch));
      const program = { kind: "match", queries: written } as const;
      const outcomes = await worker.run(program, events.map(shape));
      return outcomes.map((outcome) =>
        "failed" in outcome ? outcome : (outcome.value as boolean[]),
      );
    },
  };
}

function translation({ match_rules, support_rules }: GrokDefinition): TranslatedRules {
  try {
    return translateRules(match_rules, support_rules);
  } catch (error) {
    throw new CompileError((error as Error).message, { cause: error });
  }
}

/** Remembers what was made of each definition; a declared one is the same object again and again. */
function cached<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** Where VRL is unavailable: searches are read by ourselves, and no grok parser runs. */
export function engineWithoutVrl(why: string): LogEngine {
  return {
    grok: () => Promise.reject(new CompileError(why)),
    userAgents: () => Promise.reject(new CompileError(why)),
    match: (queries, events) => {
      const predicates = queries.map((query) => predicateOf(parseSearch(query)));
      return Promise.resolve(events.map((event) => predicates.map((fits) => fits(event))));
    },
  };
}
