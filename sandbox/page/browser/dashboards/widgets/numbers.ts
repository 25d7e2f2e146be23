import { post } from "../../api/client.ts";
import type { Definition, ScalarReply, Unit } from "../../api/shapes.ts";
import { element, foreign, unseen } from "../../dom/element.ts";
import { update } from "../../dom/refresh.ts";
import { type Cell, table } from "../../dom/table.ts";
import { formatNumber, type NumberFormat, numberText } from "../../text/numbers.ts";
import { visible } from "../../text/visible.ts";
import { type Board, type Drawn, valuesMs } from "../board.ts";
import { type ConditionalFormat, formatsIn, paintOf } from "../conditional-format.ts";
import { type Row, type ScalarTable, tableOf, topRows } from "../curves.ts";
import { type Formula, scalarBody, type WidgetQuery, widgetQueries } from "../requests.ts";

/** One number, coloured by the first of its conditional formats that holds. */
export function drawQueryValue(definition: Definition, board: Board, body: HTMLElement): Drawn {
  return scalarWidget(definition, board, ([first]) => {
    if (first === undefined) return;
    const { query, found } = first;
    const value = found.rows[0]?.numbers[0] ?? null;
    const { number, unit } = formatNumber(value, formatOf(definition, found.units[0]));
    const paint = paintOf(value, allFormats(query, query.formulas[0]));
    update(
      body,
      element(
        "p",
        { class: `value ${paint?.className ?? ""}` },
        number,
        unit !== "" && element("span", { class: "unit" }, ` ${unit}`),
        paint !== undefined && unseen(` (${paint.word})`),
      ),
    );
  });
}

/** The groups with the highest numbers, with bars. */
export function drawToplist(definition: Definition, board: Board, body: HTMLElement): Drawn {
  return scalarWidget(definition, board, ([first]) => {
    if (first === undefined || first.found.rows.length === 0) {
      update(body, element("p", {}, "No data"));
      return;
    }
    const { query, found } = first;
    const rows = topRows(found, query.formulas[0]?.limit);
    const most = Math.max(...rows.map(({ numbers }) => Math.abs(numbers[0] ?? 0)));
    const cells = rows.map((row): readonly Cell[] => [
      bar(row, most),
      foreign(row.group.join(", ") || (query.formulas[0]?.alias ?? "all")),
      painted(
        row.numbers[0],
        allFormats(query, query.formulas[0]),
        formatOf(definition, found.units[0]),
      ),
    ]);
    const name = query.formulas[0]?.alias ?? "Value";
    const title = visible(definition.title ?? "Toplist");
    update(
      body,
      table(title, ["Share", found.groupNames.join(", ") || "Group", visible(name)], cells),
    );
  });
}

/** Groups and numbers, a column for each formula. */
export function drawQueryTable(definition: Definition, board: Board, body: HTMLElement): Drawn {
  return scalarWidget(definition, board, (tables) => {
    const parts = tables.map(({ query, found }) => {
      const rows = topRows(found, query.formulas[0]?.limit ?? { count: 100 });
      const cells = rows.map(({ group, numbers }): readonly Cell[] => [
        ...group.map((text) => foreign(text)),
        ...numbers.map((value, index) =>
          painted(
            value,
            allFormats(query, query.formulas[index]),
            formatOf(definition, found.units[index]),
          ),
        ),
      ]);
      const heads = [...found.groupNames, ...found.names].map(visible);
      return rows.length === 0
        ? element("p", {}, "No data")
        : table(visible(definition.title ?? "Table"), heads, cells);
    });
    update(body, ...parts);
  });
}

interface Answered {
  readonly query: WidgetQuery;
  readonly found: ScalarTable;
}

function scalarWidget(
  definition: Definition,
  board: Board,
  show: (tables: readonly Answered[]) => void,
): Drawn {
  const queries = widgetQueries(definition, board.expand);
  return {
    everyMs: valuesMs,
    refresh: async () => {
      const window = board.windowOf(definition);
      const replies = queries.map(async (query) => {
        const body = scalarBody(query, window);
        const reply = await post<ScalarReply>("/api/v2/query/scalar", body, board.signal);
        return { query, found: tableOf(reply, query.formulas) };
      });
      show(await Promise.all(replies));
    },
  };
}

/** The formats of the formula, else those of the request. */
function allFormats(
  query: WidgetQuery | undefined,
  formula: Formula | undefined,
): readonly ConditionalFormat[] {
  const own = formatsIn(formula?.conditional_formats);
  return own.length > 0 ? own : formatsIn(query?.request["conditional_formats"]);
}

function formatOf(definition: Definition, unit: Unit | undefined): NumberFormat {
  const { autoscale, precision, custom_unit: custom } = definition;
  return {
    unit: unit ?? null,
    autoscale: autoscale !== false,
    ...(typeof precision === "number" && precision >= 0 && precision <= 20 && { precision }),
    ...(typeof custom === "string" && { customUnit: custom }),
  };
}

function painted(
  value: number | null | undefined,
  formats: readonly ConditionalFormat[],
  format: NumberFormat,
): HTMLElement {
  const paint = paintOf(value, formats);
  const words = numberText(value, format);
  return element(
    "span",
    { class: paint?.className },
    words,
    paint !== undefined && unseen(` (${paint.word})`),
  );
}

function bar({ numbers: [value] }: Row, most: number): HTMLElement {
  const share = most === 0 ? 0 : Math.abs(value ?? 0) / most;
  return element("meter", {
    min: 0,
    max: 1,
    value: share.toFixed(3),
    "aria-label": "Share of the highest",
  });
}
