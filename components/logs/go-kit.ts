import { type GrokSpec, grokParser, rule } from "./grok.ts";
import * as processors from "./processors.ts";

const logfmt: GrokSpec = {
  name: "logfmt",
  source: "message",
  samples: [
    "ts=2025-10-18T09:23:58.673903293Z caller=logging.go:25 method=Authorise result=true took=736ns",
    'ts=2025-10-18T09:24:01.1Z caller=server.go:110 err="not found"',
  ],
  rules: [rule("go_kit", '%{regex("ts=\\\\S+ caller=.*")::keyvalue("=","µ/:.*,()")}')],
};

/** Go prints a duration in the largest unit that leaves a whole number in front of the point. */
const took: GrokSpec = {
  name: "duration",
  source: "took",
  samples: ["736ns", "13.509µs", "1.2ms", "2.5s"],
  rules: [
    rule("nanoseconds", "%{number:duration}ns"),
    rule("microseconds", "%{number:duration:scale(1000)}[µμu]s"),
    rule("milliseconds", "%{number:duration:scale(1000000)}ms"),
    rule("seconds", "%{number:duration:scale(1000000000)}s"),
  ],
};

/** go-kit logs to stderr, so that the Agent calls every line an error: this pipeline knows better. */
export const goKitPipeline: processors.NestedPipeline = {
  name: "go-kit",
  query: "source:go-kit",
  processors: [
    grokParser(logfmt),
    grokParser(took),
    processors.categoryProcessor("level", "level", [
      ["error", "(@err:* -@err:(null OR nil)) OR @databaseerror:* OR @Error:*"],
      ["info", "@ts:*"],
    ]),
    processors.dateRemapper("time", "ts"),
    processors.statusRemapper("status", "level"),
  ],
};
