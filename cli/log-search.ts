import type { v2 } from "@datadog/datadog-api-client";
import type { DatadogAccess } from "./datadog-access.ts";

export interface LogQuestion {
  /** In Datadog's search syntax. */
  readonly query: string;
  /** Such as `now-15m`. */
  readonly from: string;
  readonly limit: number;
}

/** One log as it was found. */
export interface FoundLog {
  readonly timestamp: string;
  readonly status: string;
  readonly service: string;
  readonly message: string;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Asks the Datadog API or its stand-in by the official client; answers the newest, oldest first. */
export async function searchLogs(
  access: DatadogAccess,
  question: LogQuestion,
): Promise<FoundLog[]> {
  // loading it takes longer than anything else that `lab` does
  const { client, v2 } = await import("@datadog/datadog-api-client");
  const configuration = client.createConfiguration({
    baseServer: new client.BaseServerConfiguration(access.api.replace(/\/$/, ""), {}),
    authMethods: { apiKeyAuth: access.apiKey, appKeyAuth: access.appKey },
  });
  const { query, from, limit } = question;
  const body = Object.assign(new v2.LogsListRequest(), {
    filter: Object.assign(new v2.LogsQueryFilter(), { query, from, to: "now" }),
    page: Object.assign(new v2.LogsListRequestPage(), { limit }),
    sort: "-timestamp" as const,
  });
  const { data = [] } = await new v2.LogsApi(configuration).listLogs({ body });
  return data.map(foundLog).reverse();
}

function foundLog({ attributes: log }: v2.Log): FoundLog {
  return { ...textsOf(log), tags: log?.tags ?? [], attributes: log?.attributes ?? {} };
}

function textsOf(log: v2.LogAttributes | undefined): Omit<FoundLog, "tags" | "attributes"> {
  const [time, ...texts] = [log?.timestamp?.toISOString(), log?.status, log?.service, log?.message];
  const [status = "", service = "", message = ""] = texts;
  return { timestamp: time ?? "", status, service, message };
}

/** One line a log for people: further lines of a stack trace are counted, not shown. */
export function logLine({ timestamp, status, service, message }: FoundLog): string {
  const [first = "", ...more] = message.split("\n");
  const rest = more.length === 0 ? "" : ` (+${more.length} lines)`;
  return `${timestamp}  ${status.padEnd(5)}  ${service}  ${first}${rest}`;
}

/** What the API said of a search that it refused, without the request and its keys. */
export function refusalOf(error: unknown): string {
  const { code, body, message } = error as { code?: number; body?: unknown; message?: string };
  const { errors = [] } = (body ?? {}) as { errors?: string[] };
  const words = errors.length > 0 ? errors.join("; ") : (message ?? "no reason");
  return code === undefined ? words : `${code}: ${words}`;
}
