import { capture, type GrokSpec, rule } from "./grok.ts";

// What a JVM, its agents and its libraries print past the application's logging. None of it has
// Spring Boot's header; much of it is on stderr, which the Agent calls an error.

const rest = String.raw`(?:\n[\s\S]*)?`;
const line = String.raw`[^\n]*`;
const level = (words: string) => capture(words, "level");
const logger = (words: string) => capture(words, "logger.name");

/** What a JVM says about itself. */
export const javaRuntime: GrokSpec = {
  name: "Java runtime",
  source: "message",
  samples: [
    "# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb)",
    "[12.345s][info ][gc,start] GC(3) Pause Young (Normal) (G1 Evacuation Pause)",
    "Picked up JAVA_TOOL_OPTIONS: -Xmx256m",
    "OpenJDK 64-Bit Server VM warning: Options -Xverify:none are deprecated",
    "2025-10-28 10:04:46\nFull thread dump OpenJDK 64-Bit Server VM (17.0.8+7 mixed mode):",
  ],
  rules: [
    rule(
      "jvm_crash",
      `(?:#\\s*)+${capture(`(?:A fatal error|There is insufficient memory|java\\.)${line}`, "jvm.fatal")}${rest}`,
    ),
    rule(
      "jvm_fatal",
      capture(
        "(?:(?:Terminating|Aborting) due to java\\.lang\\.|Error occurred during initialization of " +
          `VM|Error: |Unrecognized |Exception: java\\.)${line}`,
        "jvm.fatal",
      ) + rest,
    ),
    rule(
      "jvm_unified",
      `(?:\\[[^\\]\\n]{1,40}\\]){1,6}\\[${level("trace|debug|info|warning|error")}\\s*\\]` +
        `\\[${logger(String.raw`[\w,+]+`)}\\s*\\]${line}${rest}`,
    ),
    rule(
      "jvm_gc",
      `(?:[\\dT:.+-]+: ){0,2}${capture("\\[(?:Full )?GC [^\\n]*", "jvm.notice")}${rest}`,
    ),
    rule(
      "jvm_thread_dump",
      `(?:[\\d-]+ [\\d:]+\\s+)?${capture(`Full thread dump ${line}`, "jvm.notice")}${rest}`,
    ),
    rule(
      "jvm_notice",
      capture(
        "(?:(?:NOTE: )?Picked up|Listening for transport|Dumping heap to|Heap dump file created)" +
          line,
        "jvm.notice",
      ) + rest,
    ),
    rule(
      "jvm_warning",
      capture(`(?:(?:OpenJDK|Java HotSpot)[^\\n]* warning|WARNING): ${line}`, "jvm.warning") + rest,
    ),
  ],
};

/** Lines of agents and of loggers that are not Spring Boot's. */
export const otherLoggers: GrokSpec = {
  name: "other loggers",
  source: "message",
  samples: [
    "[dd.trace 2025-10-28 10:04:45:548 +0000] [main] INFO datadog.trace.agent.core.CoreTracer - up",
    "Oct 28, 2025 10:04:45 AM org.apache.catalina.core.StandardService startInternal\nINFO: Starting",
    "SLF4J: Class path contains multiple SLF4J bindings.",
    "10:04:45.548 [main] DEBUG org.springframework.boot.SpringApplication - Starting",
    "Hibernate: select * from orders",
  ],
  rules: [
    rule(
      "java_agent",
      `\\[[a-z.]+ [^\\]\\n]+\\]\\s+\\[[^\\]\\n]*\\]\\s+${level("[A-Z]+")}\\s+` +
        `${logger("[^\\s]+")} - ${line}${rest}`,
    ),
    rule(
      "java_util_logging",
      `[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4} [0-9:]+ [AP]M ${logger("[^\\s]+")}${line}\\n` +
        `${level("[A-Z]+")}: ${line}${rest}`,
    ),
    rule("slf4j_level", `${logger("SLF4J")}\\(${level("[A-Z]")}\\): ${line}${rest}`),
    rule("log4j", `${logger("log4j")}:${level("[A-Z]+")} ${line}${rest}`),
    rule("logback_status", `[0-9:,]+ \\|-${level("[A-Z]+")} in ${logger("[^\\s]+")}${line}${rest}`),
    rule(
      "logback",
      `[0-9:]+[.,][0-9]{3} \\[[^\\n]*?\\] ${level("[A-Z]+")}\\s+${logger("[^\\s]+")} - ${line}${rest}`,
    ),
    rule("printed_by_library", `${logger("SLF4J|Hibernate")}: ${line}${rest}`),
  ],
};

/** Levels of lines that state none, by what was found in them. */
export const levels = [
  ["ERROR", "@jvm.fatal:* -@level:*"],
  ["WARN", "@jvm.warning:* -@level:*"],
  ["INFO", "@jvm.notice:* -@level:*"],
  ["INFO", "@logger.name:(Hibernate OR SLF4J) -@level:*"],
  ["ERROR", "(@error.stack:* OR @error.kind:*) -@level:*"],
] as const;

/** Names of loggers for lines that none printed. */
export const loggers = [
  ["jvm", "(@jvm.fatal:* OR @jvm.warning:* OR @jvm.notice:*) -@logger.name:*"],
  ["System.err", "(@error.stack:* OR @error.kind:*) -@logger.name:*"],
] as const;
