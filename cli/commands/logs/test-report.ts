import { columns } from "../../framework/columns.ts";
import type { LogTestResult } from "../../../simulation/log-test.ts";

const widest = 100;

/** What a person reads about one event: its text, the rules that matched, what was found. */
export function trialText(trial: LogTestResult): string[] {
  const count = trial.lines === 1 ? "" : ` (${trial.lines} lines)`;
  return [`${short(trial.text)}${count}`, ...columns(rowsOf(trial), "  ")];
}

function rowsOf(trial: LogTestResult): string[][] {
  if ("droppedBy" in trial) return [["dropped", `by the agent's rule ${trial.droppedBy}`]];
  const { event, steps } = trial.processed;
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
    ...stopRows(trial),
    ["status", event.status],
    ...(untaken.length > 0 ? untaken : [["time", new Date(event.timestamp).toISOString()]]),
    ["message", short(event.message)],
    ...attributesOf(event.attributes).map(([path, value]) => [`@${path}`, short(value)]),
  ];
}

function stopRows(trial: LogTestResult): string[][] {
  if ("droppedBy" in trial || trial.stop === undefined) return [];
  const { rule, part, rest } = trial.stop;
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
