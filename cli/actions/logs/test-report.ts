import { columns } from "../../framework/columns.ts";
import type { LogTestResult } from "../../../simulation/log-test.ts";
import type { LogsTestDocument } from "../../json/schemas/tests.ts";

const widest = 100;

/** Text about one event: its lines, the rules that matched, what was found. */
export function resultText(result: LogTestResult): string[] {
  const count = result.lines === 1 ? "" : ` (${result.lines} lines)`;
  return [`${short(result.text)}${count}`, ...columns(rowsOf(result), "  ")];
}

/** One event as the document has it. */
export function eventOf(result: LogTestResult): LogsTestDocument["events"][number] {
  const { text, lines } = result;
  if ("droppedBy" in result) return { text, lines, droppedBy: result.droppedBy };
  const { event, steps } = result.processed;
  const { source, status, timestamp, message, attributes } = event;
  return {
    text,
    lines,
    source,
    status,
    timestamp: new Date(timestamp).toISOString(),
    message,
    attributes: { ...attributes },
    steps: steps.map(({ at, type, effect, matched: rule = null }) => {
      return { at: [...at], type, effect, rule };
    }),
    stop: result.stop ?? null,
  };
}

function rowsOf(result: LogTestResult): string[][] {
  if ("droppedBy" in result) return [["dropped", `by the agent's rule ${result.droppedBy}`]];
  const { event, steps } = result.processed;
  const matched = steps.flatMap(({ at, type, matched: rule }) =>
    type === "grok-parser" && rule !== undefined ? [[at.at(-1) ?? type, `rule ${rule}`]] : [],
  );
  const untaken = steps.flatMap(({ type, effect }) =>
    type === "date-remapper" && /ago|no date/.test(effect)
      ? [["time", `not taken: ${effect}`]]
      : [],
  );
  return [
    ...(steps.length === 0 ? [["pipeline", `none for source ${event.source}`]] : matched),
    ...stopRows(result),
    ["status", event.status],
    ...(untaken.length > 0 ? untaken : [["time", new Date(event.timestamp).toISOString()]]),
    ["message", short(event.message)],
    ...attributesOf(event.attributes).map(([path, value]) => [`@${path}`, short(value)]),
  ];
}

function stopRows(result: LogTestResult): string[][] {
  if ("droppedBy" in result || result.stop === undefined) return [];
  const { rule, part, rest } = result.stop;
  return [
    ["no rule", `${rule} came farthest; it stops at ${short(part)}`],
    ["", `what is left: ${short(rest)}`],
  ];
}

/** Every value by its path, in the order in which it was found. */
function attributesOf(value: Readonly<Record<string, unknown>>, path = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const at = path === "" ? key : `${path}.${key}`;
    return typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? attributesOf(inner as Record<string, unknown>, at)
      : [[at, typeof inner === "string" ? inner : JSON.stringify(inner)]];
  });
}

/** One line of readable length, with nothing in it that a terminal obeys. */
function short(text: string): string {
  const line = text.trim().replaceAll("\n", "⏎").replace(/\p{C}/gu, "·");
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}
