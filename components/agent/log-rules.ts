import { datadogService, type ServiceName } from "../shop/catalogue.ts";
import { goStart, nodeStart, springStart } from "./event-starts.ts";
import { exclude, type LogRule } from "./log-rule.ts";
import { masks } from "./masks.ts";
import * as routine from "./routine-lines.ts";

const spring = (...rules: readonly LogRule[]) => ({
  source: "spring-boot",
  rules: [springStart, ...routine.springRoutine, ...rules, ...masks],
});
const goKit = (...rules: readonly LogRule[]) => ({
  source: "go-kit",
  rules: [goStart, ...rules, ...masks],
});
const health = routine.excludeLine("drop_health", String.raw`\bmethod=Health\b`);

const mongo = (chatter: LogRule) => ({ source: "mongodb", rules: [chatter, ...masks] });

/** What the Agent does with the lines of each service. */
const logRules: Readonly<
  Record<ServiceName, { readonly source: string; readonly rules: readonly LogRule[] }>
> = {
  carts: spring(),
  "carts-db": mongo(routine.mongoJson),
  catalogue: goKit(health),
  "catalogue-db": { source: "mysql", rules: [routine.mysqlProbe, ...masks] },
  "front-end": {
    source: "nodejs-express",
    rules: [nodeStart, ...routine.frontEndRoutine, ...masks],
  },
  orders: spring(
    routine.excludeLine("drop_call_types", String.raw`AsyncGetService\s+: Requesting with type: `),
  ),
  "orders-db": mongo(routine.mongoJson),
  // Its Health lines stay: they are the heartbeat that tells silence from a quiet day.
  payment: goKit(),
  "queue-master": spring(routine.dockerRetries),
  rabbitmq: { source: "rabbitmq", rules: [routine.rabbitRoutine, ...masks] },
  "session-db": { source: "redis", rules: [routine.redisRoutine, ...masks] },
  shipping: spring(),
  user: goKit(health, exclude("drop_dumps", String.raw`^\s*\[?(?:Card|Address)\b.{0,20} is \[ `)),
  "user-db": mongo(routine.mongoText),
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
