import { logAnnotations } from "../../../components/agent/log-rules.ts";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import { createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";
import type { JoinOptions } from "../../../sandbox/agent/join-lines.ts";
import { type LogConfig, readLogConfig } from "../../../sandbox/agent/log-config.ts";

/** The value of a service's annotation, as the stack declares it. */
export const annotationOf = (service: ServiceName): string =>
  logAnnotations(service, service)[`ad.datadoghq.com/${service}.logs`] ?? "";

/** The rules of a service's annotation. */
export const rulesOf = (service: ServiceName): LogConfig => readLogConfig(annotationOf(service));

/** What an Agent sends for a service's lines, the last event flushed. */
export function sentLines(
  service: ServiceName,
  lines: readonly string[],
  options: JoinOptions = {},
): string[] {
  const rules = createLogRules(rulesOf(service), options);
  const push = (text: string) => rules.push({ text, stream: "stdout", nanos: 0n });
  return [...lines.flatMap(push), ...rules.flush()].map(({ message }) => message);
}
