import { argument, defineCommand, option } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { UsageFailure } from "../../context/errors.ts";

export const logs = defineCommand({
  name: "logs",
  summary: "search the logs in the stand-in or in the stack's Datadog account",
  arguments: {
    query: argument({
      placeholder: "query",
      help: "search in Datadog's syntax; use brackets to combine AND and OR",
      read: (query) => query,
    }),
  },
  options: {
    from: option({
      placeholder: "time",
      help: "how far to look back, for example 15m, 2h or 1d (default: 15m)",
      read: readPeriod,
    }),
    limit: option({
      placeholder: "number",
      help: "maximum number of logs, newest first (default: 100)",
      read: readLimit,
    }),
    json: jsonOption,
    stack: stackOption,
  },
  details: "Exit code 0 even if nothing is found.",
  examples: [
    [`./lab logs 'service:sock-shop-orders status:error'`, "find errors of the last 15 minutes"],
    [`./lab logs '"Payment failed for order"' --from 1h`, "find a phrase in messages"],
  ],
  run: async (given, context) =>
    (await import("../../actions/logs/search.ts")).runLogs(given, context),
});

function readPeriod(text = "15m"): string {
  if (/^[1-9]\d{0,5}[smhdw]$/.test(text)) return text;
  throw new UsageFailure(`option "--from" needs a time such as 15m, 2h or 1d, got "${text}"`);
}

function readLimit(text = "100"): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= 1000) return limit;
  throw new UsageFailure(`option "--limit" needs a whole number from 1 to 1000, got "${text}"`);
}
