import { parseSearch } from "../../search/parse.ts";
import type { Pipeline, Processor } from "../../state.ts";
import { parseRule, ruleLines } from "../grok/rule-lines.ts";
import type { GrokDefinition, LogEngine } from "../pipeline-engine.ts";
import { plainProcessors } from "./processors.ts";

/** A declared processor or filter that the stand-in cannot run: logs pass it as they are. */
export interface NotRun {
  /** Names from the pipeline to the processor. */
  readonly at: readonly string[];
  readonly type: string;
  readonly why: string;
}

/** All that is enabled and cannot be run. Asks VRL to compile every grok rule and search. */
export async function notRun(pipelines: readonly Pipeline[], engine: LogEngine): Promise<NotRun[]> {
  const parts = pipelines
    .filter((pipeline) => pipeline.is_enabled)
    .flatMap((pipeline) => partsOf(pipeline, [pipeline.name]));
  const found = await Promise.all(parts.map((part) => whyNot(part, engine)));
  return found.flat();
}

interface Part {
  readonly at: readonly string[];
  readonly processor: Processor;
}

/** A pipeline with its filter, and all processors in it. */
function partsOf(
  pipeline: { readonly processors: readonly Processor[] },
  at: readonly string[],
): Part[] {
  const inner = pipeline.processors
    .filter((processor) => processor["is_enabled"] === true)
    .flatMap((processor) => {
      const path = [...at, processor.name ?? processor.type];
      return processor.type === "pipeline"
        ? partsOf(processor as unknown as typeof pipeline, path)
        : [{ at: path, processor }];
    });
  return [{ at, processor: { ...pipeline, type: "pipeline" } }, ...inner];
}

async function whyNot({ at, processor }: Part, engine: LogEngine): Promise<NotRun[]> {
  const { type } = processor;
  const fail = (error: unknown): NotRun[] => [{ at, type, why: (error as Error).message }];
  const run = async (): Promise<NotRun[]> => {
    await compiled(processor, engine);
    return [];
  };
  return run().catch(fail);
}

async function compiled(processor: Processor, engine: LogEngine): Promise<void> {
  const { type } = processor;
  if (type === "pipeline") {
    await compileSearches([processor["filter"]], engine);
  } else if (type === "category-processor") {
    const categories = (processor["categories"] ?? []) as { filter?: unknown }[];
    await compileSearches(
      categories.map(({ filter }) => filter),
      engine,
    );
  } else if (type === "grok-parser") {
    await compileGrok(processor["grok"] as GrokDefinition, engine);
  } else if (type === "user-agent-parser") {
    await engine.userAgents([]);
  } else if (plainProcessors[type] === undefined) {
    throw new Error(`the stand-in has no ${type}`);
  }
}

async function compileSearches(filters: readonly unknown[], engine: LogEngine): Promise<void> {
  const queries = filters.map((filter) => (filter as { query?: string } | undefined)?.query ?? "");
  queries.forEach(parseSearch);
  await engine.match(queries, []);
}

/** Rule by rule where the whole is refused, so that the rule to blame is named. */
async function compileGrok(grok: GrokDefinition, engine: LogEngine): Promise<void> {
  try {
    await engine.grok(grok, []);
  } catch (error) {
    const rules = ruleLines(grok.match_rules);
    for (const [index, rule] of rules.entries()) {
      const alone = rules.slice(0, index + 1).join("\n");
      await engine.grok({ ...grok, match_rules: alone }, []).catch((reason: unknown) => {
        const name = parseRule(rule)?.[0] ?? rule;
        throw new Error(`grok rule ${name}: ${(reason as Error).message}`, { cause: error });
      });
    }
    throw error;
  }
}
