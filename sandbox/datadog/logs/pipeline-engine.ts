import { parseSearch } from "../search/parse.ts";
import { vrlQueries } from "../search/vrl-query.ts";
import { rulesOf } from "../vrl/programs.ts";
import type { Failure } from "../vrl/compiled-programs.ts";
import type { VrlWorker } from "../vrl/worker.ts";
import { type Attributes, type LogEvent, wellFormed } from "./log-event.ts";

/** What pipelines need of VRL: Datadog's grok and Datadog's search. */
export interface LogEngine {
  /** For each text the first rule that matches; `undefined` where none does. */
  grok(definition: GrokDefinition, texts: readonly string[]): Promise<GrokOutcome[]>;
  /** For each log, which of the searches match it. */
  match(queries: readonly string[], events: readonly LogEvent[]): Promise<MatchOutcome[]>;
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
  return {
    grok: async ({ match_rules, support_rules = "" }, texts) => {
      const rules = rulesOf(match_rules);
      const program = { kind: "grok", support: rulesOf(support_rules), rules } as const;
      const values = texts.map((text) => ({ text: wellFormed(text) }));
      const outcomes = await worker.run(program, values);
      return outcomes.map((outcome) => {
        if ("failed" in outcome) {
          return outcome;
        }
        const hit = outcome.value as { rule: number; found: Attributes } | null;
        return hit === null ? undefined : { rule: rules[hit.rule]?.[0] ?? "", found: hit.found };
      });
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
