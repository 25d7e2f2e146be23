import { type Endpoints, v1, v2 } from "./http/endpoint.ts";
import * as archives from "./routes/logs-archives.ts";
import * as indexes from "./routes/logs-indexes.ts";

/** Indexes decide what a search finds; an archive is kept as declared, and nothing is written to it. */
export const logStorageEndpoints: Endpoints = {
  "POST /api/v1/logs/config/indexes": {
    body: v1("LogsIndex"),
    run: indexes.createLogsIndex,
    errors: "error",
    imitates:
      "name, filters; comes last; exclusion filters hide logs that arrive from then on, quota and " +
      "retention are not evaluated",
  },
  "GET /api/v1/logs/config/indexes": {
    run: indexes.listLogsIndexes,
    errors: "error",
    imitates: "in order; the account's catch-all behind them is not listed",
  },
  "GET /api/v1/logs/config/indexes/:name": {
    run: indexes.getLogsIndex,
    errors: "error",
    imitates: "as declared, with Datadog's defaults",
  },
  "PUT /api/v1/logs/config/indexes/:name": {
    body: v1("LogsIndexUpdateRequest"),
    run: indexes.updateLogsIndex,
    errors: "error",
    imitates: "replaces the filters; a limit stays unless it is disabled",
  },
  "DELETE /api/v1/logs/config/indexes/:name": {
    run: indexes.deleteLogsIndex,
    errors: "error",
    imitates: "its name cannot be used again until a reset; its logs are still found",
  },
  "GET /api/v1/logs/config/index-order": {
    run: indexes.getLogsIndexOrder,
    errors: "error",
    imitates: "new indexes come last",
  },
  "POST /api/v2/logs/config/archives": {
    body: v2("LogsArchiveCreateRequest"),
    tolerates: archives.tolerated,
    run: archives.createLogsArchive,
    imitates: "body and query; not evaluated: no log is written to it, and its state is UNKNOWN",
  },
  "GET /api/v2/logs/config/archives": {
    run: archives.listLogsArchives,
    imitates: "all",
  },
  "GET /api/v2/logs/config/archives/:id": {
    run: archives.getLogsArchive,
    imitates: "as declared",
  },
  "PUT /api/v2/logs/config/archives/:id": {
    body: v2("LogsArchiveCreateRequest"),
    tolerates: archives.tolerated,
    run: archives.updateLogsArchive,
    imitates: "replaces the archive",
  },
  "DELETE /api/v2/logs/config/archives/:id": {
    run: archives.deleteLogsArchive,
    imitates: "at once",
  },
};
