import { RE2JS } from "re2js";
import { z } from "zod";

/** What the Datadog Agent does with the lines of one container, as its pod's annotation says. */
export interface LogConfig {
  /** Tags of every event; the Agent names them ddsource and service. */
  readonly source?: string | undefined;
  readonly service?: string | undefined;
  readonly tags: readonly string[];

  /** In the order in which they are applied. */
  readonly rules: readonly LogRule[];
}

/** One compiled rule. */
export interface LogRule {
  readonly type: z.infer<typeof ruleType>;
  readonly name: string;
  readonly regex: RE2JS;

  /** What mask_sequences puts in place of a match. */
  readonly placeholder: string;
}

const ruleType = z.enum(["exclude_at_match", "include_at_match", "mask_sequences", "multi_line"]);

const rule = z.strictObject({
  type: ruleType,
  name: z.string().min(1),
  pattern: z.string().min(1),
  replace_placeholder: z.string().optional(),
});

const annotation = z
  .array(
    z.strictObject({
      source: z.string().optional(),
      service: z.string().optional(),
      tags: z.array(z.string()).optional(),
      auto_multi_line_detection: z.literal(false).optional(),
      log_processing_rules: z.array(rule).optional(),
    }),
  )
  .length(1);

type RawRule = z.infer<typeof rule>;

/**
 * Reads the value of an annotation `ad.datadoghq.com/<container>.logs`.
 *
 * @throws one line that names the rule, when this Agent would not take it or the sandbox cannot
 *   run it: no JSON, an unknown key, a pattern that RE2 does not know
 * @see DataDog/datadog-agent, comp/logs/agent/config/processing_rules.go
 */
export function readLogConfig(text: string): LogConfig {
  const [config] = checked(text);
  const { source, service, tags = [], log_processing_rules: rules = [] } = config ?? {};
  return { source, service, tags, rules: rules.map(compiled) };
}

function checked(text: string): z.infer<typeof annotation> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`logs annotation: expected JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const result = annotation.safeParse(json);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`logs annotation: ${problems.join("; ")}`);
}

function compiled({
  type,
  name,
  pattern,
  replace_placeholder: placeholder = "",
}: RawRule): LogRule {
  try {
    // The Agent puts ^ in front of a multi_line pattern: only the first of bare alternatives is
    // then bound to the start of the line.
    const regex = RE2JS.compile(type === "multi_line" ? `^${pattern}` : pattern);
    return { type, name, regex, placeholder };
  } catch (error) {
    throw new Error(`logs annotation: rule ${name}: ${(error as Error).message}`, { cause: error });
  }
}
