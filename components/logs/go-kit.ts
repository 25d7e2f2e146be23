import { capture, type GrokSpec, grokParser, rule } from "./grok.ts";
import * as processors from "./processors.ts";

/** What stands in a value without quotes: go-logfmt quotes blanks, `=` and `"` alone. */
const anyCharacter = "µ/:.*,()+!#$%&'|;<>?~^`{}";

const logfmt: GrokSpec = {
  name: "logfmt",
  source: "message",
  samples: [
    "ts=2025-10-18T09:23:58.673903293Z caller=logging.go:25 method=Authorise result=true took=736ns",
    'level=error ts=2025-10-18T09:24:01Z caller=server.go:110 err="not found"',
  ],
  rules: [
    rule(
      "go_kit",
      `%{regex("(?:level=\\\\S+ )?ts=\\\\S+ [^\\\\n]*")::keyvalue("=","${anyCharacter}")}${rest()}`,
    ),
  ],
};

/** What the shop's alerts and metrics need, whatever characters the line's other values have. */
const ownFields: GrokSpec = {
  name: "fields of go-kit",
  source: "message",
  samples: ["ts=2025-10-18T09:23:58Z caller=logging.go:25 method=Get id=a;b|c[d] took=1.1ms"],
  rules: [
    rule(
      "go_kit_fields",
      `(?:level=%{word:level} )?ts=%{notSpace:ts}(?: level=%{word:level})?` +
        `(?: caller=%{notSpace:caller})?(?: method=%{notSpace:method})?` +
        `(?: [^\\n]*?)??(?: took=%{notSpace:took})?${rest()}`,
    ),
  ],
};

/**
 * The payment and catalogue of the WEAVE images print whole seconds. As the time of the log they
 * would move a payment in front of the order that caused it, perhaps into the minute before: the
 * Agent's time, which is later and finer, stays.
 */
const exactTime: GrokSpec = {
  name: "time with a fraction",
  source: "ts",
  samples: ["2025-10-18T09:23:58.673903293Z"],
  rules: [rule("fraction", `%{regex("[0-9-]+T[0-9:]+\\\\.[0-9]+(?:Z|[+-][0-9:]+)"):ts_exact}`)],
};

const nanoseconds = { hour: 3_600_000_000_000, minute: 60_000_000_000, second: 1_000_000_000 };

/**
 * A duration as Go prints it: in the largest unit that leaves a whole number in front of the point,
 * and from a minute on in hours, minutes and seconds.
 */
const took: GrokSpec = {
  name: "duration",
  source: "took",
  samples: ["736ns", "13.509µs", "1.2ms", "2.5s", "1h1m30.002s"],
  rules: [
    rule("nanoseconds", "%{number:duration}ns"),
    rule("microseconds", "%{number:duration:scale(1000)}[µμu]s"),
    rule("milliseconds", "%{number:duration:scale(1000000)}ms"),
    rule("seconds", `%{number:duration:scale(${nanoseconds.second})}s`),
    rule("minutes", "%{_minutes}%{_seconds}"),
    rule("hours", `%{number:elapsed.hours:scale(${nanoseconds.hour})}h%{_minutes}%{_seconds}`),
  ],
  support: [
    rule("_minutes", `%{number:elapsed.minutes:scale(${nanoseconds.minute})}m`),
    rule("_seconds", `%{number:elapsed.seconds:scale(${nanoseconds.second})}s`),
  ],
};

/** What a Go program prints when it dies, and what its HTTP server prints when a request does. */
const panic: GrokSpec = {
  name: "panic",
  source: "message",
  samples: [
    "panic: runtime error: index out of range [3]\n\ngoroutine 1 [running]:\nmain.main()",
    "2025/10/28 10:04:45 http: panic serving 10.0.0.1:80: boom\ngoroutine 25 [running]:\na.b()",
  ],
  rules: [
    rule(
      "go_panic",
      `(?:[0-9/]+ [0-9:.]+ )?(?:http: )?${capture("panic|fatal error", "error.kind")}` +
        `(?: serving [^\\s]+)?: ${capture("[^\\n]*", "error.message")}` +
        `(?:\\n${capture("[\\s\\S]*", "error.stack")})?`,
    ),
  ],
};

function rest(): string {
  return String.raw`(?:\s*\n[\s\S]*)?`;
}

/** go-kit logs to stderr, so that the Agent calls every line an error: this pipeline knows better. */
export const goKitPipeline: processors.NestedPipeline = {
  name: "go-kit",
  query: "source:go-kit",
  processors: [
    grokParser(logfmt),
    grokParser(ownFields),
    grokParser(exactTime),
    grokParser(took),
    processors.arithmeticProcessor(
      "duration from a minute on",
      "elapsed.minutes + elapsed.seconds",
      "duration",
    ),
    processors.arithmeticProcessor(
      "duration from an hour on",
      "elapsed.hours + elapsed.minutes + elapsed.seconds",
      "duration",
    ),
    grokParser(panic),
    processors.categoryProcessor("level", "level", [
      [
        "error",
        "-@level:* ((@err:* -@err:(null OR nil)) OR @databaseerror:* OR @Error:* OR @error.kind:*)",
      ],
      ["info", "@ts:* -@level:*"],
    ]),
    processors.dateRemapper("time", "ts_exact"),
    processors.statusRemapper("status", "level"),
  ],
};
