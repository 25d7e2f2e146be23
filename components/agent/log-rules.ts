import { datadogService, type ServiceName } from "../shop/catalogue.ts";

// Patterns are RE2: no look-arounds, no back-references. Placeholders are plain words, because what
// is masked may stand in JSON or in key=value pairs, and must stay so.

/** One rule of the Datadog Agent, as an annotation has it. */
interface LogRule {
  readonly type: "exclude_at_match" | "mask_sequences" | "multi_line";
  readonly name: string;
  readonly pattern: string;
  readonly replace_placeholder?: string;
}

const exclude = (name: string, pattern: string): LogRule => ({
  type: "exclude_at_match",
  name,
  pattern,
});
const mask = (name: string, pattern: string, replace_placeholder: string): LogRule => ({
  type: "mask_sequences",
  name,
  pattern,
  replace_placeholder,
});

/** A value up to its end, in quotes, in key=value pairs or in Java's and Go's dumps. */
const value = String.raw`[^"'\\,}\s]+(?: [0-9]+)*`;

/** Between a field's name and its value: `='`, `:`, `":"` and, in JSON within JSON, `\":\"`. */
const separator = String.raw`\\*["']?\s*[=:]\s*\\*["']?`;

/**
 * Secrets and personal data in every shape that the services print them in. The names are spelt out
 * instead of (?i), which costs RE2 its search for a literal: twice the time per line.
 */
const masks: readonly LogRule[] = [
  mask("mask_card_number", `([lL]ongNum${separator})${value}`, "${1}masked_pan"),
  mask("mask_card_code", `(\\b(?:ccv|CCV|cvv|CVV|cvc|CVC)${separator})${value}`, "${1}masked_cvv"),
  mask(
    "mask_json_password",
    String.raw`(?i)("password"\s*:\s*")(?:[^"\\]|\\.)*`,
    "${1}masked_password",
  ),
  mask(
    "mask_escaped_password",
    String.raw`(?i)(\\"password\\"\s*:\s*\\")(?:[^"\\]|\\\\(?:\\["\\]|[a-z]))*`,
    "${1}masked_password",
  ),
  mask(
    "mask_plain_password",
    String.raw`(\b[pP]assword\s*[=:]\s*'?)[^\s"'&,}]+`,
    "${1}masked_password",
  ),
  mask("mask_dsn_password", String.raw`(\w:)[^\s:@]+(@tcp\()`, "${1}masked_password${2}"),
  mask("mask_email", String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}`, "masked_email"),
  // A comma or dash in front of it: Sleuth's trace ids are 16 digits now and then.
  mask(
    "mask_any_card_number",
    "(^|[^\\w,-])(?:4[0-9]{12}(?:[0-9]{3})?|[25][1-7][0-9]{14}|6(?:011|5[0-9]{2})[0-9]{12}|" +
      "3[47][0-9]{13}|(?:[0-9]{4}[ -]){3}[0-9]{4})\\b",
    "${1}masked_pan",
  ),
];

/**
 * Where an event of a Spring Boot service begins. What orders prints on stderr has no header: it is
 * told from a trace that a logger appended by what Java's Future throws, and by a missing message,
 * which the logger shows as "null".
 */
const springStart: LogRule = {
  type: "multi_line",
  name: "spring_event",
  pattern:
    "(?:" +
    [
      String.raw`\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}[.,]\d{3}`,
      String.raw`java\.util\.concurrent\.ExecutionException: `,
      String.raw`(?:[a-z]\w*\.)+[A-Z][\w$]*(?:Exception|Error)$`,
      'Exception in thread "',
      "Adding shipment to queue",
      "Unable to add to queue",
      "Received shipment task",
    ].join("|") +
    ")",
};

const spring = (...rules: readonly LogRule[]) => ({
  source: "spring-boot",
  rules: [
    springStart,
    exclude("drop_banner", "^(?::: Spring Boot ::.*|[ ._/\\\\'()|`,=]+)$"),
    exclude("drop_mappings", String.raw`HandlerMapping\s+: Mapped `),
    ...rules,
    ...masks,
  ],
});
const goKit = (...rules: readonly LogRule[]) => ({
  source: "go-kit",
  rules: [...rules, ...masks],
});
const health = exclude("drop_health", String.raw`\bmethod=Health\b`);

/** Checkpoints, and the connections that readiness probes open and close. */
const mongoJson = exclude(
  "drop_routine",
  '"s":"I",.*"msg":"(?:WiredTiger message|Connection accepted|Connection ended)"',
);
const mongoText = exclude(
  "drop_routine",
  String.raw`I NETWORK\s+\[\w+\] (?:connection accepted|end connection)`,
);

/** What the Agent does with the lines of each service. */
const logRules: Readonly<
  Record<ServiceName, { readonly source: string; readonly rules: readonly LogRule[] }>
> = {
  carts: spring(),
  "carts-db": { source: "mongodb", rules: [mongoJson] },
  catalogue: goKit(health),
  "catalogue-db": { source: "mysql", rules: masks },
  "front-end": {
    source: "nodejs-express",
    rules: [mask("drop_colours", String.raw`\x1b\[[0-9;]*m`, ""), ...masks],
  },
  orders: spring(
    exclude("drop_call_types", String.raw`AsyncGetService\s+: Requesting with type: `),
  ),
  "orders-db": { source: "mongodb", rules: [mongoJson] },
  // Its Health lines stay: they are the heartbeat that tells silence from a quiet day.
  payment: goKit(),
  "queue-master": spring(),
  rabbitmq: { source: "rabbitmq", rules: masks },
  "session-db": { source: "redis", rules: [] },
  shipping: spring(),
  user: goKit(health, exclude("drop_dumps", String.raw`^\s*\[?(?:Card|Address)\b.{0,20} is \[ `)),
  "user-db": { source: "mongodb", rules: [mongoText] },
};

/**
 * The annotation that tells the Agent about a container's lines. It belongs on the pod: on a
 * Deployment the Agent does not see it.
 *
 * @param container - the container's name, which the annotation's own name must repeat
 */
export function logAnnotations(service: ServiceName, container: string): Record<string, string> {
  const { source, rules } = logRules[service];
  const config = {
    source,
    service: datadogService(service),
    // Otherwise the Agent guesses where a stack trace begins.
    auto_multi_line_detection: false,
    log_processing_rules: rules,
  };
  return { [`ad.datadoghq.com/${container}.logs`]: JSON.stringify([config]) };
}
