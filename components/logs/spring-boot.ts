import { capture, type GrokRule, type GrokSpec, rule } from "./grok.ts";
import { trace } from "./stack-trace.ts";

// Attributes are Datadog's standard ones (logger.name, error.kind, …) where there is one.

/** Attribute that holds a line's own text, without the header that Spring Boot puts before it. */
export const text = "msg";

/**
 * The console lines of Spring Boot 1, 2 and 3: as they come, with Sleuth or Micrometer, and with
 * the patterns that their manuals give for the level and the correlation of traces.
 *
 * @param timeZone - IANA name of the zone of lines that name none
 */
export function consoleLine(timeZone: string): GrokSpec {
  return {
    name: "console line",
    source: "message",
    samples: [
      "2025-10-18 09:23:58.694  INFO [orders,3a8027a9e1c1f7b4,baf93c1c4d0ad0a8,false] 1 --- " +
        "[nio-8080-exec-3] w.w.s.o.controllers.OrdersController     : Order shipped",
      "2025-10-18T09:24:03.805Z ERROR [orders,65f1a2b3c4d5e6f708192a3b4c5d6e7f,08192a3b4c5d6e7f] " +
        "1 --- [nio-8080-exec-3] o.a.c.c.C.[.[.[/].[dispatcherServlet]    : Servlet.service()",
      "2025-10-18 09:24:03.805 trace_id= span_id= trace_flags=  WARN 1 --- [           main] " +
        "o.s.boot.SpringApplication : Slow",
      "2025-10-18T09:24:03.805+02:00  INFO 1 --- [orders] [main] " +
        "[65f1a2b3c4d5e6f708192a3b4c5d6e7f-08192a3b4c5d6e7f] o.s.boot.SpringApplication : Started",
      'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space',
    ],
    support: support(timeZone),
    rules: [
      rule("spring_boot_sleuth", "%{_start}%{_mdc}%{_others}%{_pid}%{_thread}%{_tail}"),
      rule("spring_boot_correlated", "%{_start}%{_others}%{_pid}%{_app}%{_thread}%{_corr}%{_tail}"),
      rule("spring_boot", "%{_start}%{_others}%{_pid}%{_app}%{_thread}%{_tail}"),
      rule(
        "java_uncaught",
        `(?:Exception in thread ${threadInQuotes}\\s+)?` + capture(trace, "error.stack"),
      ),
      rule(
        "java_uncaught_without_trace",
        `Exception in thread ${threadInQuotes}\\s+%{_exception}(?:\\n[\\s\\S]*)?`,
      ),
    ],
  };
}

const threadInQuotes = `"${capture('[^"]*', "logger.thread_name")}"`;

const traceId = "sleuth.trace_id";
const spanId = "sleuth.span_id";

function support(timeZone: string): GrokRule[] {
  const mdc =
    `\\[${capture(String.raw`[^,\]]*`, "spring.app")},${hex("*", traceId)},` +
    `${hex("*", spanId)}(?:,${capture("[a-z]*", "sleuth.exportable")})?\\]`;
  const ids = `${hex("{16,32}", traceId)}-${hex("{16}", spanId)}`;
  const openTelemetry = `trace_id=${hex("*", traceId)}\\s+span_id=${hex("*", spanId)}`;
  const inBrackets = (attribute: string) =>
    `\\[\\s*${capture(String.raw`[^\]\n]*`, attribute)}\\]\\s`;
  return [
    rule("_time", oneOf(times(timeZone))),
    rule("_context", `(?:\\s+${openTelemetry})?(?:\\s+[\\w.]+=[^\\s\\[\\]]*)*`),
    rule("_start", "%{_time}%{_context}\\s+%{word:level}"),
    rule("_mdc", `\\s+${mdc}`),
    // What other patterns put between the level and the process id.
    rule("_others", String.raw`(?:\s+\[[^\]\n]*\]|\s+[\w.]+=[^\s\[\]]*)*`),
    rule("_pid", "\\s+(?:%{integer:process.pid}\\s+)?---\\s+"),
    rule("_app", `(?:${inBrackets("spring.app")}(?:${inBrackets("spring.group")})?)?`),
    // Padded to 15: a virtual thread has no name.
    rule(
      "_thread",
      `\\[\\s{0,15}${capture(String.raw`(?:[^\s\n][^\n]*?)?`, "logger.thread_name")}\\]\\s+`,
    ),
    // Blanks as wide as two ids stand outside of a trace.
    rule("_corr", `(?:\\[(?:\\s{16,}|${ids})\\]|${mdc})\\s+`),
    rule(
      "_tail",
      `${capture(String.raw`[^\s][^\n]*?`, "logger.name")}\\s+:\\s?${capture("[\\s\\S]*", text)}`,
    ),
    rule(
      "_exception",
      capture(String.raw`[a-zA-Z_$][\w$]*(?:\.[\w$]+)+`, "error.kind") +
        `(?:: ${capture(String.raw`[^\n]*`, "error.message")})?`,
    ),
  ];
}

function hex(length: string, attribute: string): string {
  return capture(`[0-9a-fA-F]${length}`, attribute);
}

function oneOf(parts: readonly string[]): string {
  return `(?:${parts.join("|")})`;
}

function times(timeZone: string): string[] {
  const local = (format: string) => `%{date("${format}","${timeZone}"):log.timestamp}`;
  return [
    local("yyyy-MM-dd HH:mm:ss.SSS"),
    local("yyyy-MM-dd HH:mm:ss,SSS"),
    `%{date("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"):log.timestamp}`,
    `%{date("yyyy-MM-dd'T'HH:mm:ss.SSSZZ"):log.timestamp}`,
    local("yyyy-MM-dd'T'HH:mm:ss.SSS"),
  ];
}
