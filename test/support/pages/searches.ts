import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { parseSearch } from "../../../sandbox/datadog/search/parse.ts";
import { predicateOf } from "../../../sandbox/datadog/search/predicate.ts";
import { commandsOf, filled } from "./commands.ts";
import { codeOf, rowsOf } from "./markdown.ts";
import { simpleCommands } from "./shell.ts";

/** Logs that a page's searches must find. */
export interface SearchedLogs {
  /** Those of the run whose counts the page gives. */
  readonly counted: readonly LogEvent[];

  /** Those in which orders end in every way. */
  readonly others: readonly LogEvent[];

  /** Ids of orders in the page, and the run's id for each. */
  readonly ids: ReadonlyMap<string, string>;
}

/** All searches for logs in a page: spans, and arguments of `./lab logs`. */
export function searchesOf(page: string): readonly string[] {
  const spans = codeOf(page).map(({ text }) => text);
  const asked = commandsOf(page)
    .filter(({ text }) => text.startsWith("./lab logs '"))
    .flatMap(({ text }) => simpleCommands(filled(text)))
    .map(([, , search = ""]) => search);
  return [...new Set([...spans.filter(isSearch), ...asked])];
}

/** How many logs each search of a page finds, where the last cell of its row is a number. */
export function countsOf(page: string): ReadonlyMap<string, number> {
  const counts = rowsOf(page).flatMap((cells) => {
    const search = codeOf(cells.join("\n")).find(({ text }) => isSearch(text));
    const count = cells.at(-1) ?? "";
    return search !== undefined && /^\d+$/.test(count)
      ? ([[search.text, Number(count)]] as const)
      : [];
  });
  return new Map(counts);
}

/** Each search of a page that finds nothing anywhere, or not as much as the page says. */
export function searchProblems(page: string, logs: SearchedLogs): readonly string[] {
  const counts = countsOf(page);
  return searchesOf(page).flatMap((search) => {
    const found = hits(search, logs.counted, logs.ids);
    const expected = counts.get(search) ?? found;
    if (found !== expected) return [`${search}: ${found}, not ${expected}`];
    const all = found + hits(search, logs.others, logs.ids);
    return all === 0 ? [`${search}: finds nothing`] : [];
  });
}

/** How many of the logs a search finds, with the run's ids instead of the page's. */
export function hits(search: string, logs: readonly LogEvent[], ids: SearchedLogs["ids"]): number {
  const own = search.replaceAll(/\b[0-9a-f]{24}\b/g, (id) => ids.get(id) ?? id);
  return logs.filter(predicateOf(parseSearch(own))).length;
}

function isSearch(text: string): boolean {
  return text.startsWith("kube_namespace:");
}
