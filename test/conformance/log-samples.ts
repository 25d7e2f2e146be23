import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Processor } from "../../sandbox/datadog/state.ts";

/** One log of Datadog's own tests, with what Datadog makes of it. */
export interface LogSample {
  readonly sample: string;
  /** Set before the pipeline runs, where the test says so. */
  readonly service?: string;
  readonly tags?: readonly string[];
  readonly result: {
    readonly custom?: Record<string, unknown>;
    readonly message?: string;
    readonly status?: string;
    readonly service?: string;
    readonly trace_id?: string;
    readonly span_id?: string;
    readonly tags?: readonly string[];
    readonly timestamp?: number;
  };
}

/** A pipeline of an integration, as the public API takes it, with its tests. */
export interface SampledPipeline {
  readonly name: string;
  readonly pipeline: Processor;
  readonly samples: readonly LogSample[];
}

/** All `<name>.yaml` of a folder that have a `<name>_tests.yaml` beside them. */
export function sampledPipelines(folder: string): SampledPipeline[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("_tests.yaml"))
    .sort()
    .flatMap((file) => {
      const pipelineFile = join(folder, file.replace(/_tests\.yaml$/, ".yaml"));
      if (!existsSync(pipelineFile)) return [];
      const { pipeline } = readYaml(pipelineFile) as { pipeline: Record<string, unknown> };
      const { tests } = readYaml(join(folder, file)) as { tests: LogSample[] };
      const name = file.replace("/assets/logs/", "/").replace(/_tests\.yaml$/, "");
      return [{ name, pipeline: inApiTerms(pipeline) as Processor, samples: tests }];
    });
}

function readYaml(file: string): unknown {
  return parse(readFileSync(file, "utf8"), { maxAliasCount: -1 });
}

/** Integrations write other names than the API for the same things. */
const apiNames: Readonly<Record<string, string>> = {
  enabled: "is_enabled",
  sourceType: "source_type",
  targetType: "target_type",
  targetFormat: "target_format",
  preserveSource: "preserve_source",
  overrideOnConflict: "override_on_conflict",
  replaceMissing: "is_replace_missing",
  normalizeEndingSlashes: "normalize_ending_slashes",
  encoded: "is_encoded",
  defaultLookup: "default_lookup",
};

interface Grok {
  readonly supportRules?: string;
  readonly matchRules: string;
}

function inApiTerms(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      switch (key) {
        case "processors":
          return [key, (value as Record<string, unknown>[]).map(inApiTerms)];
        case "grok": {
          const { supportRules = "", matchRules } = value as Grok;
          return [key, { support_rules: supportRules, match_rules: matchRules }];
        }
        case "lookupTable":
          return [
            "lookup_table",
            String(value)
              .split("\n")
              .filter((line) => line.trim() !== ""),
          ];
        case "filter":
          return [key, { query: (value as { query?: string }).query ?? "" }];
        default:
          return [apiNames[key] ?? key, value];
      }
    }),
  );
}

/** All processors of a pipeline, those of nested ones too. */
export function allProcessors(pipeline: Processor): Processor[] {
  const inner = (pipeline["processors"] ?? []) as Processor[];
  return inner.flatMap((processor) => [processor, ...allProcessors(processor)]);
}
