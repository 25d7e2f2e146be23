/** One grok rule: the name that Datadog wants in front of it, and its pattern. */
export interface GrokRule {
  readonly name: string;
  readonly pattern: string;
}

/** A grok parser as data. */
export interface GrokSpec {
  readonly name: string;

  /** Attribute to parse; `message` is the line itself. */
  readonly source: string;

  /** Lines that the parser is meant for; Datadog shows in its page what becomes of them. */
  readonly samples: readonly string[];

  /** Parts that the rules use as `%{name}`; their names begin with an underscore. */
  readonly support?: readonly GrokRule[];

  /** Tried in this order; the first that fits the whole text wins. */
  readonly rules: readonly GrokRule[];
}

/** Datadog's limits of one parser. */
const limits = { rules: 10, samples: 5, sampleLength: 5000 } as const;

/** A rule. */
export function rule(name: string, pattern: string): GrokRule {
  return { name, pattern };
}

/**
 * Text that a regular expression describes, captured as an attribute.
 *
 * @param expression - as in a regular expression literal; grok wants its backslashes doubled, and
 *   quotes escaped
 */
export function capture(expression: string, attribute: string): string {
  const escaped = expression.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `%{regex("${escaped}"):${attribute}}`;
}

/**
 * The processor that a parser is in @pulumi/datadog.
 *
 * @throws when it breaks one of Datadog's limits, which the API would say only during `up`
 */
export function grokParser(spec: GrokSpec) {
  const problem = whyNot(spec);
  if (problem !== undefined) throw new Error(`grok parser "${spec.name}": ${problem}`);
  const { name, source, samples, support = [], rules } = spec;
  return {
    grokParser: {
      name,
      isEnabled: true,
      source,
      samples: [...samples],
      grok: { supportRules: rendered(support), matchRules: rendered(rules) },
    },
  };
}

function rendered(rules: readonly GrokRule[]): string {
  return rules.map(({ name, pattern }) => `${name} ${pattern}`).join("\n");
}

function whyNot({ samples, support = [], rules }: GrokSpec): string | undefined {
  const all = [...support, ...rules];
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const broken = all.find(({ name, pattern }) => !/^\w+$/.test(name) || !/^\S.*$/.test(pattern));
  if (rules.length === 0) return "has no rule";
  if (rules.length > limits.rules) return `has ${rules.length} rules, 10 are allowed`;
  if (samples.length > limits.samples) return `has ${samples.length} samples, 5 are allowed`;
  if (samples.some(({ length }) => length > limits.sampleLength)) {
    return `has a sample of more than ${limits.sampleLength} characters`;
  }
  if (twice !== undefined) return `names two rules ${twice}`;
  if (broken !== undefined) return `rule ${broken.name} is not a name and a pattern on one line`;
  return undefined;
}
