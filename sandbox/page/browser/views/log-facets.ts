import type { Log } from "../api/shapes.ts";
import { element, foreign } from "../dom/element.ts";
import { attributeFacets, reservedFacets } from "../logs/facets.ts";
import { hasTerm, withoutTerm, withTerm } from "../logs/search-terms.ts";
import type { Window } from "../time/range.ts";
import type { View } from "../view.ts";
import { countFacet } from "./log-search.ts";

/** Facets with the counts of their values over the whole time; a value narrows the search. */
export async function facetLists(
  view: View,
  question: { readonly query: string; readonly window: Window },
  logs: readonly Log[],
): Promise<readonly Node[]> {
  const facets = [...reservedFacets, ...attributeFacets(logs)];
  const asked = { ...question, signal: view.signal };
  const counted = await Promise.all(
    facets.map(async (facet) => ({ facet, values: await countFacet(asked, facet) })),
  );
  return counted
    .filter(({ values }) => values.length > 0)
    .map(({ facet, values }) =>
      element(
        "details",
        { open: reservedFacets.some((one) => one === facet) },
        element("summary", {}, foreign(facet)),
        element(
          "ul",
          {},
          ...values.map(([value, count]) =>
            facetItem(view, question.query, { facet, value, count }),
          ),
        ),
      ),
    );
}

interface FacetValue {
  readonly facet: string;
  readonly value: string;
  readonly count: number;
}

function facetItem(
  { url, go }: View,
  query: string,
  { facet, value, count }: FacetValue,
): HTMLElement {
  const isOn = hasTerm(query, facet, value);
  const toggle = (): void => {
    const next = new URL(url);
    const terms = isOn ? withoutTerm(query, facet, value) : withTerm(query, facet, value);
    next.searchParams.set("query", terms);
    next.searchParams.delete("event");
    go(next);
  };
  const button = element(
    "button",
    { type: "button", "aria-pressed": String(isOn), onclick: toggle },
    foreign(value || "none"),
    ` ${count}`,
  );
  return element("li", {}, button);
}
