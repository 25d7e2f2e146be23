import type { DatadogAccess } from "./account.ts";
import { requestDatadog } from "./request.ts";

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

interface WireLog {
  readonly attributes?: {
    readonly timestamp?: string;
    readonly status?: string;
    readonly service?: string;
    readonly message?: string;
    readonly tags?: readonly string[];
    readonly attributes?: Readonly<Record<string, unknown>>;
  };
}

/**
 * Asks the Datadog API or its stand-in; answers the newest, oldest first.
 *
 * @throws Failure if it does not answer or refuses; keys are in no message
 */
export async function searchLogs(
  access: DatadogAccess,
  { query, from, limit }: LogQuestion,
): Promise<FoundLog[]> {
  const answer = await requestDatadog(access, {
    what: "the search of logs",
    path: "api/v2/logs/events/search",
    body: { filter: { query, from, to: "now" }, page: { limit }, sort: "-timestamp" },
    scope: "logs_read_data",
  });
  const { data = [] } = answer as { data?: readonly WireLog[] };
  return data.map(foundLog).reverse();
}

/** Most logs of one page. */
const pageSize = 1000;

/** A log as the API answers it. */
export interface ExportedLog {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * All logs of a time, page by page, oldest first.
 *
 * @param time - bounds as ISO 8601
 */
export async function exportLogs(
  access: DatadogAccess,
  query: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ExportedLog[]> {
  const found: ExportedLog[] = [];
  let cursor: string | undefined;
  do {
    const answer = (await requestDatadog(access, {
      what: "the search of logs",
      path: "api/v2/logs/events/search",
      body: {
        filter: { query, from, to },
        page: { limit: pageSize, ...(cursor !== undefined && { cursor }) },
        sort: "timestamp",
      },
      scope: "logs_read_data",
    })) as { data?: ExportedLog[]; meta?: { page?: { after?: string } } };
    found.push(...(answer.data ?? []));
    cursor = answer.meta?.page?.after;
  } while (cursor !== undefined);
  return found;
}

function foundLog({ attributes: log = {} }: WireLog): FoundLog {
  const { timestamp = "", status = "", service = "", message = "", tags = [] } = log;
  return { timestamp, status, service, message, tags, attributes: log.attributes ?? {} };
}

/** One line a log for people: further lines of a stack trace are counted, not shown. */
export function logLine({ timestamp, status, service, message }: FoundLog): string {
  const [first = "", ...more] = message.split("\n");
  const rest = more.length === 0 ? "" : ` (+${more.length} lines)`;
  return `${timestamp}  ${status.padEnd(5)}  ${service}  ${first}${rest}`;
}
