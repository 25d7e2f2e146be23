import { capture, grokParser, rule } from "./grok.ts";
import { attributeMover, categoryProcessor, type NestedPipeline } from "./processors.ts";
import { text } from "./spring-boot.ts";

const wholeMessage = grokParser({
  name: "whole message",
  source: "message",
  samples: ["Order shipped"],
  rules: [rule("whole_message", capture(String.raw`[\s\S]+`, text))],
});

/**
 * Gives lines that are JSON the attributes of console lines. Datadog has read the JSON before any
 * pipeline, and made its message the log's; the names are those of Elastic's, Logstash's and
 * Log4j's layouts.
 *
 * @param source - search for the services' logs
 */
export function jsonLines(source: string): NestedPipeline {
  return {
    name: "Spring Boot JSON",
    query: `${source} (@level:* OR @log.level:* OR @severity:*)`,
    processors: [
      attributeMover("level", ["log.level", "severity"], "level"),
      attributeMover("logger", ["logger_name", "loggerName", "log.logger"], "logger.name"),
      attributeMover("thread", ["thread_name", "process.thread.name"], "logger.thread_name"),
      attributeMover("stack", ["stack_trace", "error.stack_trace"], "error.stack"),
      attributeMover("class", ["error.type", "exception.exception_class"], "error.kind"),
      attributeMover("trace id", ["trace.id", "traceId", "mdc.traceId"], "sleuth.trace_id"),
      categoryProcessor("logger of lines that name none", "logger.name", [
        ["json", "-@logger.name:*"],
      ]),
      wholeMessage,
    ],
  };
}
