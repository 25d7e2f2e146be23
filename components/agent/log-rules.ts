import { datadogService, type ServiceName } from "../shop/catalogue.ts";
import { goStart, nodeStart, springStart } from "./event-starts.ts";
import { exclude, type LogRule } from "./log-rule.ts";
import { masks } from "./masks.ts";

/** Drops an event of one line: what another line contained must not go with it. */
const excludeLine = (name: string, pattern: string) =>
  exclude(name, `^${inLine}(?:${pattern})${inLine}$`);
const inLine = String.raw`(?:[^\\]|\\[^n])*`;

const spring = (...rules: readonly LogRule[]) => ({
  source: "spring-boot",
  rules: [
    springStart,
    exclude("drop_banner", String.raw`^\s*\.   ____(?:\\n|[ ._/\\'()|\x60,=])*$`),
    exclude("drop_version", String.raw`^\s*:: Spring Boot ::${inLine}(?:\\n\s*)*$`),
    excludeLine("drop_mappings", String.raw`HandlerMapping\s+: Mapped `),
    ...rules,
    ...masks,
  ],
});
const goKit = (...rules: readonly LogRule[]) => ({
  source: "go-kit",
  rules: [goStart, ...rules, ...masks],
});
const health = excludeLine("drop_health", String.raw`\bmethod=Health\b`);

/** Checkpoints, and the connections that readiness probes open and close. */
const mongoJson = exclude(
  "drop_routine",
  '"s":"I",.*"msg":"(?:WiredTiger message|Connection accepted|Connection ended)"',
);
const mongoText = exclude(
  "drop_routine",
  String.raw`I NETWORK\s+\[\w+\] (?:connection accepted|end connection)`,
);

const mongo = (routine: LogRule) => ({ source: "mongodb", rules: [routine, ...masks] });

/** What a TCP probe leaves behind at MySQL and MariaDB, every few seconds. */
const mysqlProbe = exclude(
  "drop_probes",
  "Aborted connection \\d+ to db: 'unconnected' user: 'unauthenticated'|" +
    String.raw`Got (?:an error|timeout) reading communication packets$`,
);

/**
 * What queue-master prints for every order, as it tries to start a container where there is no
 * Docker; the error in which it ends stays.
 */
const dockerRetries = excludeLine(
  "drop_docker_retries",
  String.raw`execchain\.RetryExec\s+: |DockerSpawner\s+: Spawning `,
);

/** What the Agent does with the lines of each service. */
const logRules: Readonly<
  Record<ServiceName, { readonly source: string; readonly rules: readonly LogRule[] }>
> = {
  carts: spring(),
  "carts-db": mongo(mongoJson),
  catalogue: goKit(health),
  "catalogue-db": { source: "mysql", rules: [mysqlProbe, ...masks] },
  "front-end": { source: "nodejs-express", rules: [nodeStart, ...masks] },
  orders: spring(
    excludeLine("drop_call_types", String.raw`AsyncGetService\s+: Requesting with type: `),
  ),
  "orders-db": mongo(mongoJson),
  // Its Health lines stay: they are the heartbeat that tells silence from a quiet day.
  payment: goKit(),
  "queue-master": spring(dockerRetries),
  rabbitmq: { source: "rabbitmq", rules: masks },
  "session-db": { source: "redis", rules: masks },
  shipping: spring(),
  user: goKit(health, exclude("drop_dumps", String.raw`^\s*\[?(?:Card|Address)\b.{0,20} is \[ `)),
  "user-db": mongo(mongoText),
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
