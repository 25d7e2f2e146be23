import { capture, type GrokSpec, grokParser, rule } from "./grok.ts";
import { categoryProcessor, type NestedPipeline, statusRemapper } from "./processors.ts";

const mysqlLine: GrokSpec = {
  name: "MySQL line",
  source: "message",
  samples: [
    "2025-10-28T10:04:45.548123Z 0 [Note] mysqld: ready for connections.",
    "2025-10-28 10:04:45 0 [Warning] Could not increase number of max_open_files",
    "2025-10-28T10:04:45.548123Z 6 [ERROR] [MY-010119] [Server] Aborting",
  ],
  rules: [
    rule(
      "mysql",
      `[0-9-]+[T ][0-9:.]+Z? (?:0x)?[0-9a-f]+ \\[${capture("\\w+", "level")}\\] [\\s\\S]*`,
    ),
    rule("mysql_client", `${capture("ERROR", "level")}\\s*[0-9:(][\\s\\S]*`),
  ],
};

/**
 * MySQL and MariaDB log to stderr, so that the Agent calls every line an error. Where Datadog's own
 * pipeline for MySQL runs in front of this one, its status stands.
 */
export const mysqlPipeline: NestedPipeline = {
  name: "MySQL",
  query: "source:mysql",
  processors: [
    grokParser(mysqlLine),
    categoryProcessor("level of lines that state none", "level", [["info", "-@level:*"]]),
    statusRemapper("status", "level"),
  ],
};
