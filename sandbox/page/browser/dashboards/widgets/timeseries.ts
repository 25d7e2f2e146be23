import { post } from "../../api/client.ts";
import type { Definition, TimeseriesReply } from "../../api/shapes.ts";
import { timeChart } from "../../charts/time-chart.ts";
import { type Board, type Drawn, valuesMs } from "../board.ts";
import { graphOfReplies } from "../curves.ts";
import { markersIn } from "../markers.ts";
import { sharedEvents, overlaySearches } from "../overlay.ts";
import { timeseriesBody, widgetQueries } from "../requests.ts";

const mostEvents = 100;

/** Curves over time, with levels and events. */
export function drawTimeseries(definition: Definition, board: Board, body: HTMLElement): Drawn {
  const { expand, signal } = board;
  const queries = widgetQueries(definition, expand);
  const searches = overlaySearches(definition["events"], expand);
  const markers = markersIn(definition["markers"]);
  const chart = timeChart(definition.title ?? "Graph", signal);
  body.append(chart.place);
  return {
    everyMs: valuesMs,
    refresh: async () => {
      const window = board.windowOf(definition);
      const [replies, events] = await Promise.all([
        Promise.all(
          queries.map(async (query) => ({
            ...query,
            reply: await post<TimeseriesReply>(
              "/api/v2/query/timeseries",
              timeseriesBody(query, window),
              signal,
            ),
          })),
        ),
        Promise.all(
          searches.map((search) => sharedEvents(search, window, { limit: mostEvents, signal })),
        ),
      ]);
      // an event that two searches find is one
      const found = new Map(events.flat().map((event) => [event.id, event]));
      const shown = [...found.values()].map(({ attributes }) => ({
        at: Date.parse(attributes.timestamp),
        title: attributes.attributes?.title ?? "",
      }));
      chart.show({ ...graphOfReplies(replies), markers, events: shown, window });
    },
  };
}
