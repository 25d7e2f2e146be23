import { exclude, type LogRule } from "./log-rule.ts";

// Lines that nothing counts, searches or shows. What says that something went wrong stays.

/** Of a joined event, what belongs to one line; a line feed between lines is a backslash and an n. */
const inLine = String.raw`(?:[^\\]|\\[^n])*`;

/** What is left of empty lines behind an event. */
const blankLines = String.raw`(?:\\n\s*)*`;

/** Drops an event of one line: what another line contained must not go with it. */
export const excludeLine = (name: string, pattern: string): LogRule =>
  exclude(name, `^${inLine}(?:${pattern})${inLine}$`);

/**
 * The picture of Spring Boot's banner, whole or in parts: an Agent that begins in the middle of it,
 * or that joins no lines yet, has a part or a single line.
 */
const bannerParts = String.raw`(?:\\n|[ ._/\\'()|\x60,=])*`;

/** What a Spring Boot service prints while it starts, beside its own lines. */
export const springRoutine: readonly LogRule[] = [
  exclude("drop_banner", `^${bannerParts}___${bannerParts}$`),
  exclude("drop_version", String.raw`^\s*:: Spring Boot ::${inLine}${blankLines}$`),
  excludeLine("drop_mappings", String.raw`HandlerMapping\s+: Mapped `),
];

/**
 * What queue-master prints for every order, as it tries to start a container where there is no
 * Docker; the error in which it ends stays.
 */
export const dockerRetries = excludeLine(
  "drop_docker_retries",
  String.raw`execchain\.RetryExec\s+: |DockerSpawner\s+: Spawning `,
);

/**
 * What front-end prints about a request and about what other services answered it. The access line
 * says the same; what orders answered is read from the line with its status code.
 */
export const frontEndRoutine: readonly LogRule[] = [
  exclude(
    "drop_request_echo",
    `^(?:${[
      "Request received(?: with body)?: ",
      "Received login request",
      "Customer ID: ",
      "Attempting to (?:add to|update|delete) cart",
      "Delete item from cart: |Deleting (?:Address|Card|Customer) ",
      "[A-Z]+ (?:Request to|to carts): http",
      "Posting (?:Address|Card|Customer|Order): ",
      "Merging carts for customer id: ",
      String.raw`Carts merged\.|Sent cookies\.|set cookie`,
      String.raw`Order response: \{"(?:id|status|timestamp)":`,
      String.raw`\{"(?:id":"[0-9a-f-]{36}","name|user":\{"firstName)"`,
      String.raw`(?:\[ undefined, undefined \]|[0-9a-f]{24}|[1-5][0-9]{2})${blankLines}$`,
    ].join("|")})${inLine}${blankLines}$`,
  ),
  // A text in quotes, which has line feeds of its own.
  exclude("drop_response_echo", String.raw`^Received response: "(?:[^"\\]|\\.)*"${blankLines}$`),
];

/** MongoDB 4.4 and later: checkpoints, and connections of probes and clients. */
export const mongoJson = exclude(
  "drop_routine",
  '"s":"I",.*"msg":"(?:WiredTiger message|Connection accepted|Connection ended|client metadata)"',
);

/** MongoDB up to 4.2; some of its versions have no component where a connection ends. */
export const mongoText = exclude(
  "drop_routine",
  String.raw`I (?:NETWORK|-)\s+\[\w+\] (?:connection accepted|end connection|received client metadata)`,
);

/** What a TCP probe leaves behind at MySQL and MariaDB, every few seconds. */
export const mysqlProbe = exclude(
  "drop_probes",
  "Aborted connection \\d+ to db: 'unconnected' user: 'unauthenticated'|" +
    String.raw`Got (?:an error|timeout) reading communication packets$`,
);

/** Connections that begin and end as they should, and the steps of RabbitMQ's start. */
export const rabbitRoutine = exclude(
  "drop_routine",
  String.raw`\[info\] <[0-9.]+> (?:(?:accepting|closing) AMQP connection |` +
    String.raw`connection .* authenticated and granted access to vhost |` +
    "Feature flags?[: ]|Running boot step )",
);

/** Redis writes its data to disk every few minutes while there are sessions. */
export const redisRoutine = exclude(
  "drop_routine",
  String.raw`\* (?:\d+ changes in \d+ seconds\. Saving|Background saving (?:started|terminated with success)|` +
    "DB saved on disk|Fork CoW for RDB: )",
);
