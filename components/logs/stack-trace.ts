import { capture, type GrokSpec, rule } from "./grok.ts";

/** A line feed, as it is or as the Agent writes it between the lines of one event. */
const lineFeed = String.raw`(?:\n|\x5cn)`;

const className = String.raw`[a-zA-Z_$][\w$]*(?:\.[\w$]+)+`;

/** What follows the first line of a stack trace. */
const frames = String.raw`${lineFeed}\s*(?:at |Caused by: |Suppressed: )[\s\S]*`;

/**
 * Of any length, and of at most 50 lines: a text with many lines must not make an engine that
 * backtracks start over at each of them.
 */
const exceptionText = String.raw`[^\n]*?(?:${lineFeed}[^\n]*?){0,50}?`;

/** A Java stack trace, its first line to its end. */
export const trace = `${className}(?:: ${exceptionText})?${frames}`;

/**
 * Finds the stack trace that follows a line's own text; the text stays whole, to be searched. A JVM
 * leaves out the frames of an exception that it threw often, so that its first line stands alone.
 *
 * @param source - attribute of the text
 */
export function stackTrace(source: string): GrokSpec {
  const exception = capture(String.raw`${className}(?:Exception|Error)`, "error.kind");
  const message = capture(String.raw`[^\n]*?`, "error.message");
  return {
    name: "stack trace",
    source,
    samples: [
      "Servlet.service() threw exception\n\njava.net.ConnectException: Connection refused\n" +
        "\tat java.lang.Thread.run(Thread.java:748)",
      "Servlet.service() threw exception\n\njava.lang.NullPointerException: null",
    ],
    rules: [
      rule("text_and_trace", `[\\s\\S]*?${lineFeed}+` + capture(trace, "error.stack")),
      rule("text_and_exception", `[\\s\\S]*?${lineFeed}+${exception}(?:: ${message})?\\s*`),
    ],
  };
}

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
