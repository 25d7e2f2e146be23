import type { grokParser } from "./grok.ts";

// The provider sends is_enabled false for whatever does not say isEnabled: every function here does.

/** Any processor that can stand in a nested pipeline. */
export type Processor =
  | ReturnType<typeof arithmeticProcessor>
  | ReturnType<typeof attributeRemapper>
  | ReturnType<typeof categoryProcessor>
  | ReturnType<typeof dateRemapper>
  | ReturnType<typeof grokParser>
  | ReturnType<typeof messageRemapper>
  | ReturnType<typeof statusRemapper>
  | ReturnType<typeof traceIdRemapper>;

/** A pipeline within a pipeline: what it takes, and what it does with it. */
export interface NestedPipeline {
  readonly name: string;

  /** Search that a log must match as it arrives: before any processor of the pipeline. */
  readonly query: string;
  readonly processors: readonly Processor[];
}

/** Datadog's limit per pipeline. */
const mostProcessors = 20;

/** Makes the first query that matches decide the target's value. */
export function categoryProcessor(
  name: string,
  target: string,
  categories: readonly (readonly [value: string, query: string])[],
) {
  const listed = categories.map(([value, query]) => ({ name: value, filter: { query } }));
  return { categoryProcessor: { name, isEnabled: true, target, categories: listed } };
}

/** Makes an attribute the log's official time; grok's date() alone does not. */
export function dateRemapper(name: string, source: string) {
  return { dateRemapper: { name, isEnabled: true, sources: [source] } };
}

/** Makes an attribute the log's official status. Only the first one of all pipelines counts. */
export function statusRemapper(name: string, source: string) {
  return { statusRemapper: { name, isEnabled: true, sources: [source] } };
}

/** Makes an attribute the text that people see and search. */
export function messageRemapper(name: string, source: string) {
  return { messageRemapper: { name, isEnabled: true, sources: [source] } };
}

/** Links logs to the trace of an attribute. */
export function traceIdRemapper(name: string, source: string) {
  return { traceIdRemapper: { name, isEnabled: true, sources: [source] } };
}

/** Copies an attribute to another name, unless that is taken. */
export function attributeRemapper(name: string, source: string, target: string) {
  return remapper(name, { sources: [source], target, preserveSource: true });
}

/** Moves the first of some attributes that is there to another name, unless that is taken. */
export function attributeMover(name: string, sources: readonly string[], target: string) {
  return remapper(name, { sources: [...sources], target, preserveSource: false });
}

function remapper(
  name: string,
  how: {
    readonly sources: string[];
    readonly target: string;
    readonly preserveSource: boolean;
  },
) {
  return {
    attributeRemapper: {
      name,
      isEnabled: true,
      sourceType: "attribute",
      targetType: "attribute",
      overrideOnConflict: false,
      ...how,
    },
  };
}

/** Computes an attribute from others, where all of them are there; overwrites the target. */
export function arithmeticProcessor(name: string, expression: string, target: string) {
  return {
    arithmeticProcessor: { name, isEnabled: true, expression, target, isReplaceMissing: false },
  };
}

/** The processor that a nested pipeline is in @pulumi/datadog. */
export function nestedPipeline({ name, query, processors }: NestedPipeline) {
  if (processors.length > mostProcessors) {
    throw new Error(`pipeline "${name}": has ${processors.length} processors, 20 are allowed`);
  }
  return {
    pipeline: { name, isEnabled: true, filters: [{ query }], processors: [...processors] },
  };
}
