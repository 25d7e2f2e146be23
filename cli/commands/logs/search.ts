import { stackOption } from "../../framework/command.ts";
import type { Command, Invocation } from "../../framework/command.ts";
import { print } from "../../context/context.ts";
import { datadogAccess } from "../../datadog/account.ts";
import { exitCodes, UsageFailure } from "../../context/errors.ts";
import { logLine, type LogQuestion, searchLogs } from "../../datadog/log-search.ts";
import { openSession } from "../../stack/stack-session.ts";

export const logs: Command = {
  name: "logs",
  summary: "search the logs, in the stand-in or in the Datadog account of the stack",
  words: ["<query>"],
  options: [
    { name: "from", value: "time", help: "how far to look back, as 15m, 2h or 1d (default: 15m)" },
    { name: "limit", value: "number", help: "at most so many, the newest (default: 100)" },
    { name: "json", help: "one JSON object a line, with tags and attributes" },
    stackOption,
  ],
  details:
    "The query is Datadog's search syntax. Write brackets where AND and OR meet.\n" +
    "Exit code 0 also when nothing is found.",
  examples: [
    [`./lab logs 'service:sock-shop-orders status:error'`, "errors of the last 15 minutes"],
    [`./lab logs '"Payment failed for order"' --from 1h`, "a phrase, looked for in messages"],
  ],
  async run(invocation, context) {
    const question = questionOf(invocation);
    const access = await datadogAccess(await openSession(invocation, context));
    const found = await searchLogs(access, question);
    const isJson = invocation.switches.has("json");
    for (const log of found) print(context, isJson ? JSON.stringify(log) : logLine(log));
    if (!isJson) context.stderr.write(`${countOf(found.length, question)}\n`);
    return exitCodes.ok;
  },
};

function questionOf({ words, values }: Invocation): LogQuestion {
  const [query = ""] = words;
  const from = values.get("from") ?? "15m";
  const limit = Number(values.get("limit") ?? "100");
  if (!/^[1-9]\d{0,5}[smhdw]$/.test(from)) {
    throw new UsageFailure(`option "--from" must be a time such as 15m, 2h or 1d, got "${from}"`);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new UsageFailure(`option "--limit" must be from 1 to 1000, got "${String(limit)}"`);
  }
  return { query, from: `now-${from}`, limit };
}

function countOf(found: number, { limit, from }: LogQuestion): string {
  const more = found === limit ? "; there may be more, see --limit" : "";
  return `${found} logs since ${from}${more}`;
}
