import { type GrokRule, grokParser } from "./grok.ts";
import { javaRuntime, levels, loggers, otherLoggers } from "./java-runtime.ts";
import { jsonLines } from "./json-lines.ts";
import * as processors from "./processors.ts";
import { consoleLine, text } from "./spring-boot.ts";
import { exception, stackTrace } from "./stack-trace.ts";

/** What a Spring Boot pipeline is made for. */
interface SpringBootLogs {
  /** Values of the service tag to take; absent: every log with source `spring-boot`. */
  readonly services?: readonly string[] | undefined;

  /**
   * IANA name of the zone of lines that name none: those of Spring Boot 1 and 2.
   *
   * @default UTC, in which containers run
   */
  readonly timeZone?: string | undefined;

  /** Grok rules for a line's own text, without its header; ten at most. */
  readonly extraRules?: readonly GrokRule[] | undefined;

  /** Processors that work on what the rules found. */
  readonly extraProcessors?: readonly processors.Processor[] | undefined;
}

/** What a pipeline takes, and what it does beyond Spring Boot's lines. */
export interface SpringBootLogPipelineArgs extends SpringBootLogs {
  /** Name and description in Datadog's list of pipelines. */
  readonly title: string;
  readonly description: string;

  /** Search that a log must match, such as `kube_namespace:shop`; no full-text search. */
  readonly filter: string;
  readonly tags?: readonly string[] | undefined;

  /** Pipelines for the other services that the filter takes. */
  readonly others?: readonly processors.NestedPipeline[] | undefined;
}

/** Source tag of Spring Boot's lines. Not `java`: that installs a pipeline of Datadog's own. */
const springBootSource = "spring-boot";

/** The pipelines for what Spring Boot services print, as data, in their order. */
function springBootPipelines(logs: SpringBootLogs): processors.NestedPipeline[] {
  const { services } = logs;
  const only = services === undefined ? "" : ` service:(${services.join(" OR ")})`;
  const source = `source:${springBootSource}${only}`;
  const runtime = [grokParser(javaRuntime), grokParser(otherLoggers)];
  return [
    jsonLines(source),
    { name: "Java runtime", query: source, processors: runtime },
    { name: "Spring Boot", query: source, processors: springBootProcessors(logs) },
  ];
}

function springBootProcessors(logs: SpringBootLogs): processors.Processor[] {
  const { timeZone = "UTC", extraRules = [], extraProcessors = [] } = logs;
  return [
    grokParser(consoleLine(timeZone)),
    grokParser(stackTrace(text)),
    grokParser(exception),
    processors.categoryProcessor("level of lines that state none", "level", levels),
    processors.categoryProcessor("logger of lines that name none", "logger.name", loggers),
    // The trace remapper takes its source away and Datadog does not show a log's trace id: the copy
    // is what people search.
    processors.attributeRemapper("searchable trace", "sleuth.trace_id", "b3.trace_id"),
    processors.traceIdRemapper("trace", "sleuth.trace_id"),
    ...(extraRules.length > 0
      ? [grokParser({ name: "extra rules", source: text, samples: [], rules: extraRules })]
      : []),
    ...extraProcessors,
    processors.dateRemapper("time", "log.timestamp"),
    processors.statusRemapper("status", "level"),
    // Takes its source away, too: whether a line was read is told by its logger.
    processors.messageRemapper("message", text),
  ];
}

/** Everything of the resource that a pipeline is. */
export function pipelineArgs(args: SpringBootLogPipelineArgs) {
  const { title, description, filter, tags = [], others = [] } = args;
  return {
    name: title,
    isEnabled: true,
    description,
    tags: [...tags],
    filters: [{ query: filter }],
    processors: [...springBootPipelines(args), ...others].map((one) =>
      processors.nestedPipeline(one),
    ),
  };
}
