import { capture, type GrokRule, type GrokSpec, rule } from "./grok.ts";

// Attributes are Datadog's standard ones (logger.name, error.kind, …) where there is one.

/** A line feed, as it is or as the Agent writes it between the lines of one event. */
const lineFeed = String.raw`(?:\n|\x5cn)`;

const className = String.raw`[a-zA-Z_$][\w$]*(?:\.[\w$]+)+`;

/** What follows the first line of a stack trace. */
const frames = String.raw`${lineFeed}\s*(?:at |Caused by:)[\s\S]*`;

/** Bounded, so that a long text with many lines does not make the engine start over at each. */
const exceptionText = String.raw`[\s\S]{0,4000}?`;
const trace = `${className}(?:: ${exceptionText})?${frames}`;

/** Attribute that holds a line's own text, without the header that Spring Boot puts before it. */
export const text = "msg";

/**
 * The default console lines of Spring Boot 1, 2 and 3, with and without Sleuth or Micrometer.
 *
 * @param timeZone - IANA name of the zone that Spring Boot 1 and 2 write without saying so
 */
export function consoleLine(timeZone: string): GrokSpec {
  return {
    name: "console line",
    source: "message",
    samples: [
      "2025-10-18 09:23:58.694  INFO [orders,3a8027a9e1c1f7b4,baf93c1c4d0ad0a8,false] 1 --- " +
        "[nio-8080-exec-3] w.w.s.o.controllers.OrdersController     : Order shipped",
      "2025-10-18 09:24:03.805 ERROR [orders,,,] 1 --- [nio-8080-exec-3] " +
        "o.a.c.c.C.[.[.[/].[dispatcherServlet]    : Servlet.service() threw exception",
      "2025-10-18 09:24:03.805  WARN 1 --- [           main] o.s.boot.SpringApplication : Slow",
      "2025-10-18T09:24:03.805+02:00  INFO 1 --- [orders] [main] " +
        "[65f1a2b3c4d5e6f708192a3b4c5d6e7f-08192a3b4c5d6e7f] o.s.boot.SpringApplication : Started",
      "java.util.concurrent.TimeoutException\n\tat java.lang.Thread.run(Thread.java:748)",
    ],
    support: support(timeZone),
    rules: [
      rule("spring_boot_sleuth", "%{_ts12}%{_lvl}%{_mdc}%{_pid}%{_thread}%{_tail}"),
      rule("spring_boot", "%{_ts12}%{_lvl}%{_pid}%{_thread}%{_tail}"),
      rule(
        "spring_boot_3_correlated",
        "%{_ts3}%{_lvl}%{_pid}(?:%{_app})?%{_thread}%{_corr}%{_tail}",
      ),
      rule("spring_boot_3", "%{_ts3}%{_lvl}%{_pid}(?:%{_app})?%{_thread}%{_tail}"),
      rule(
        "java_uncaught",
        `(?:Exception in thread "${capture('[^"]*', "logger.thread_name")}"\\s+)?` +
          capture(trace, "error.stack"),
      ),
    ],
  };
}

function support(timeZone: string): GrokRule[] {
  const hex = (length: string) => `[0-9a-fA-F]${length}`;
  const mdc = [
    capture(String.raw`[^,\]]*`, "spring.app"),
    capture(hex("*"), "sleuth.trace_id"),
    capture(hex("*"), "sleuth.span_id"),
  ].join(",");
  const exportable = capture("[a-z]*", "sleuth.exportable");
  const ids = `${capture(hex("{32}|[0-9a-fA-F]{16}"), "sleuth.trace_id")}-${capture(hex("{16}"), "sleuth.span_id")}`;
  const bracketed = (attribute: string) => `\\[\\s*${capture(String.raw`[^\]]*`, attribute)}\\]`;
  return [
    rule("_ts12", `%{date("yyyy-MM-dd HH:mm:ss.SSS","${timeZone}"):log.timestamp}`),
    rule(
      "_ts3",
      `(?:%{date("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"):log.timestamp}|` +
        `%{date("yyyy-MM-dd'T'HH:mm:ss.SSSZZ"):log.timestamp})`,
    ),
    rule("_lvl", "\\s+%{word:level}"),
    rule("_mdc", `\\s+\\[${mdc}(?:,${exportable})?\\]`),
    rule("_pid", "\\s+(?:%{integer:process.pid}\\s+)?---\\s+"),
    rule("_thread", `${bracketed("logger.thread_name")}\\s+`),
    rule("_app", `${bracketed("spring.app")}\\s(?:${bracketed("spring.group")}\\s)?`),
    rule("_corr", `\\[(?:\\s+|${ids})\\]\\s+`),
    rule("_tail", `%{notSpace:logger.name}\\s+:\\s?${capture("[\\s\\S]*", text)}`),
  ];
}

/** Finds the stack trace that follows a line's own text; the text stays whole, to be searched. */
export const stackTrace: GrokSpec = {
  name: "stack trace",
  source: text,
  samples: [
    "Servlet.service() threw exception\n\njava.net.ConnectException: Connection refused\n" +
      "\tat java.lang.Thread.run(Thread.java:748)",
  ],
  rules: [rule("text_and_trace", `[\\s\\S]*?${lineFeed}+` + capture(trace, "error.stack"))],
};

/** What a stack trace is about: its first line. */
export const exception: GrokSpec = {
  name: "exception",
  source: "error.stack",
  samples: [
    "java.net.ConnectException: Connection refused\n\tat java.lang.Thread.run(Thread.java:748)",
  ],
  rules: [
    rule(
      "class_and_message",
      `${capture(className, "error.kind")}(?:: ${capture(exceptionText, "error.message")})?${frames}`,
    ),
  ],
};
