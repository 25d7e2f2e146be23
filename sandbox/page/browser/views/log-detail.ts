import { ApiError, get } from "../api/client.ts";
import type { Log } from "../api/shapes.ts";
import { badge, element, foreign, link } from "../dom/element.ts";
import { type Cell, facts, table } from "../dom/table.ts";
import { leaves } from "../logs/facets.ts";
import { withTerm } from "../logs/search-terms.ts";
import { shownValue } from "../text/visible.ts";
import { clockTime } from "../time/words.ts";

interface Change {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

interface Explained {
  readonly raw: { readonly message: string };
  readonly arrived: number;
  readonly steps: readonly {
    readonly at: readonly string[];
    readonly type: string;
    readonly effect: string;
    readonly matched?: string;
    readonly changes?: readonly Change[];
  }[];
}

/** One log with everything in it, and what each step of the pipelines did to it. */
export async function logDetail(log: Log, url: URL, signal: AbortSignal): Promise<HTMLElement> {
  const { attributes: event } = log;
  return element(
    "article",
    { class: "detail", "aria-label": "Opened log" },
    element("h2", {}, "Opened log"),
    element(
      "p",
      {},
      badge(event.status),
      ` ${clockTime(Date.parse(event.timestamp), { withMs: true })} `,
      foreign(event.service),
    ),
    element("pre", { tabindex: 0 }, foreign(event.message)),
    element("h3", {}, "Attributes"),
    attributeTable(log, url),
    element("h3", {}, "Tags"),
    element("p", {}, foreign([...event.tags, `host:${event.host}`].join(", "))),
    element("h3", {}, "What each step of the pipelines did"),
    ...(await passage(log.id, signal)),
  );
}

function attributeTable({ attributes: { attributes } }: Log, url: URL): HTMLElement {
  const found = leaves(attributes);
  if (found.length === 0) return element("p", {}, "None: no rule has found any.");
  const rows = found.map(([path, value]): readonly Cell[] => {
    const next = new URL(url);
    next.searchParams.delete("event");
    next.searchParams.set(
      "query",
      withTerm(url.searchParams.get("query") ?? "", `@${path}`, value),
    );
    return [
      foreign(`@${path}`),
      foreign(value),
      link(next.pathname + next.search, "search for it"),
    ];
  });
  return table("Attributes", ["Attribute", "Value", "Search"], rows);
}

/** The steps, or why they cannot be shown any more. */
async function passage(id: string, signal: AbortSignal): Promise<readonly Node[]> {
  try {
    const path = `/sandbox/logs/${encodeURIComponent(id)}`;
    const { raw, arrived, steps } = await get<Explained>(path, signal);
    const rows = steps.map(({ at, type, effect, matched, changes = [] }): readonly Cell[] => [
      foreign(at.join(" > ")),
      type,
      foreign(matched === undefined ? effect : `${effect}: ${matched}`),
      element(
        "ul",
        { class: "changes" },
        ...changes.map((one) => element("li", {}, foreign(changeWords(one)))),
      ),
    ]);
    return [
      facts([
        ["Arrived", clockTime(arrived, { withMs: true })],
        ["As it came in", element("code", {}, foreign(raw.message))],
      ]),
      steps.length === 0
        ? element("p", {}, "No pipeline's filter takes this log.")
        : table("Steps", ["Step", "Type", "Effect", "Changes"], rows),
    ];
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    return [element("p", {}, "This log is too old: only the newest are kept as they came in.")];
  }
}

function changeWords({ path, before, after }: Change): string {
  if (before === undefined) return `${path} = ${shownValue(after)}`;
  return after === undefined
    ? `${path} removed`
    : `${path}: ${shownValue(before)} → ${shownValue(after)}`;
}
