import { parseSearch } from "../search/parse.ts";
import { SearchError } from "../search/syntax.ts";

/**
 * What is wrong with a filter of logs, as one sentence. Datadog documents that filters are written as
 * searches; what it answers to one that is none is not known: to refuse it is assumed.
 *
 * @param at - where the filter stands in the body
 */
export function whyNotLogFilter(at: string, query: string): string | undefined {
  try {
    parseSearch(query);
    return undefined;
  } catch (error) {
    if (error instanceof SearchError) return `${at}.query: ${error.message}`;
    throw error;
  }
}
