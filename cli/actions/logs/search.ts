import { print } from "../../context/context.ts";
import { datadogAccess } from "../../datadog/account.ts";
import { exitCodes } from "../../context/errors.ts";
import { logLine, type LogQuestion, searchLogs } from "../../datadog/log-search.ts";
import { printDocument } from "../../json/print-document.ts";
import type { LogsDocument } from "../../json/schemas/datadog.ts";
import { openSession } from "../../stack/stack-session.ts";
import type { Context } from "../../context/context.ts";
import type { StackRequest } from "../requests.ts";

interface LogsRequest extends StackRequest {
  /** In Datadog's syntax. */
  readonly query: string;

  /** How far to look back: `15m`. */
  readonly from: string;
  readonly limit: number;
}

/** Searches the logs, and prints them; how many there are goes to standard error. */
export async function runLogs(
  { query, from, limit, json, stack }: LogsRequest,
  context: Context,
): Promise<number> {
  const access = await datadogAccess(await openSession({ stack }, context));
  const question = { query, from: `now-${from}`, limit };
  const found = await searchLogs(access, question);
  if (json) {
    const complete = found.length < limit;
    const all = found.map((log) => ({ ...log, tags: [...log.tags] }));
    const body = { ok: true, stack, query, from, limit, complete, logs: all };
    printDocument<LogsDocument>(context, body);
    return exitCodes.ok;
  }
  for (const log of found) print(context, logLine(log));
  context.stderr.write(`${countOf(found.length, question)}\n`);
  return exitCodes.ok;
}

function countOf(found: number, { limit, from }: LogQuestion): string {
  const more = found === limit ? "; there may be more, see --limit" : "";
  return `${found} logs since ${from}${more}`;
}
