import { stackOption } from "../command.ts";
import type { Command, Invocation } from "../command.ts";
import { say } from "../context.ts";
import { exitCodes, Failure, UsageFailure } from "../failure.ts";
import { type LogPlace, logLine, type LogQuestion, refusalOf, searchLogs } from "../log-search.ts";
import { ask, openSession } from "../session.ts";
import type { Session } from "../session.ts";

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
    const session = await openSession(invocation, context);
    const place = await placeOf(session);
    const found = await searchLogs(place, question).catch((error: unknown) => {
      throw new Failure(`no logs from ${place.url}: ${refusalOf(error)}${hint(session)}`);
    });
    const isJson = invocation.switches.has("json");
    for (const log of found) say(context, isJson ? JSON.stringify(log) : logLine(log));
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

function hint({ site }: Session): string {
  return site.datadogPort === undefined ? "" : "; ./lab status says whether the stand-in runs";
}

/** The keys of the stand-in are any; those of an account are secrets of the stack. */
async function placeOf(session: Session): Promise<LogPlace> {
  const { site } = session;
  if (site.datadogPort !== undefined) {
    const url = `http://127.0.0.1:${site.datadogPort}`;
    return { url, apiKey: "sandbox", appKey: "sandbox" };
  }
  const url = site.datadogApiUrl ?? `https://api.${site.datadogSite}`;
  const [apiKey, appKey] = [
    await secret(session, "datadogApiKey"),
    await secret(session, "datadogAppKey"),
  ];
  return { url, apiKey, appKey };
}

async function secret(session: Session, key: string): Promise<string> {
  const { stack } = session.site;
  const args = ["config", "get", `sock-shop:${key}`, "--stack", stack];
  const { code, stdout } = await ask(session, "pulumi", args);
  const value = stdout.trim();
  if (code === 0 && value !== "") return value;
  throw new Failure(
    `stack ${stack} has no ${key}: set it by pulumi config set --secret ${key} --stack ${stack}`,
  );
}
