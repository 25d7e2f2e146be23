import { evalExpression, type Numbers } from "./eval-expression.ts";

/** What a notification is about. */
export interface Occasion {
  readonly status: "Alert" | "Warn" | "No Data" | "OK";
  /** What it was before; decides which recovery it is. @default "Alert" */
  readonly before?: "Alert" | "Warn" | "No Data";
  readonly thresholds: Readonly<Record<string, number | null>>;
  readonly value?: number;
  /** When it last left the state in which all was well, and now; ms since 1970. */
  readonly lastTriggered?: number;
  readonly now?: number;
  /** `key:value` of the group. */
  readonly groupTags: readonly string[];
}

/** A message is no program: deeper blocks than this stay text. */
const deepest = 10;

const block =
  /\{\{([#^])(\w+)((?:\s+"[^"]*"|\s+[\w.]+)*)\s*\}\}((?:(?!\{\{[#^]\2\b)[^])*?)\{\{\/\2\}\}/g;

/**
 * A monitor's message as its receivers get it: blocks by the occasion, then variables. A variable
 * whose value is not known stays as it is written.
 */
export function renderMessage(message: string, occasion: Occasion): string {
  let text = message;
  for (let depth = 0; depth < deepest; depth += 1) {
    const next = text.replaceAll(block, (...found) => blockText(found, occasion));
    if (next === text) break;
    text = next;
  }
  return withVariables(text, occasion).trim();
}

/** A block's content where its condition holds, nothing where not, itself where it is not known. */
function blockText(found: readonly unknown[], occasion: Occasion): string {
  const [whole = "", mark = "", name = "", rest = "", inner = ""] = found.map(String);
  const holds = conditionOf(name, rest, occasion);
  if (holds === undefined) return whole;
  return holds === (mark === "#") ? inner : "";
}

function conditionOf(name: string, rest: string, occasion: Occasion): boolean | undefined {
  const { status, before = "Alert" } = occasion;
  const known: Partial<Record<string, boolean>> = {
    is_alert: status === "Alert",
    is_warning: status === "Warn",
    is_no_data: status === "No Data",
    is_recovery: status === "OK",
    is_alert_recovery: status === "OK" && before === "Alert",
    is_warning_recovery: status === "OK" && before === "Warn",
    is_no_data_recovery: status === "OK" && before === "No Data",
    is_alert_to_warning: status === "Warn" && before === "Alert",
    is_renotify: false,
  };
  if (name === "is_match" || name === "is_exact_match") return matches(name, rest, occasion);
  return known[name];
}

function matches(name: string, rest: string, occasion: Occasion): boolean | undefined {
  const words = [...rest.matchAll(/"([^"]*)"|([\w.]+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
  const [variable = "", ...wanted] = words;
  const value = variableOf(variable, occasion);
  if (value === undefined) return undefined;
  return wanted.some((one) => (name === "is_match" ? value.includes(one) : value === one));
}

function withVariables(text: string, occasion: Occasion): string {
  const evaluated = text.replaceAll(
    /\{\{\s*eval\s+"([^"]*)"\s*\}\}/g,
    (whole: string, expression: string) =>
      evalExpression(expression, numbersOf(occasion))?.toString() ?? whole,
  );
  return evaluated.replaceAll(
    /\{\{\s*([\w.@-]+)\s*\}\}/g,
    (whole: string, name: string) => variableOf(name, occasion) ?? whole,
  );
}

function numbersOf({ value, thresholds, lastTriggered, now }: Occasion): Numbers {
  const isKnown = lastTriggered !== undefined && now !== undefined;
  return {
    value,
    threshold: thresholds["critical"] ?? undefined,
    warn_threshold: thresholds["warning"] ?? undefined,
    ok_threshold: thresholds["ok"] ?? undefined,
    last_triggered_at_epoch: lastTriggered,
    triggered_duration_sec: isKnown ? Math.floor((now - lastTriggered) / 1000) : undefined,
  };
}

function variableOf(name: string, occasion: Occasion): string | undefined {
  const { lastTriggered, groupTags } = occasion;
  if (name === "last_triggered_at" && lastTriggered !== undefined) {
    return new Date(lastTriggered).toISOString();
  }
  const numbers = numbersOf(occasion);
  if (Object.hasOwn(numbers, name)) return numbers[name]?.toString();
  const key = name.replace(/\.name$/, "");
  const tag = groupTags.find((one) => one.startsWith(`${key}:`));
  return tag?.slice(key.length + 1);
}

/** The occasions for which a message has words of its own. */
export function occasionsOf(message: string): readonly Occasion["status"][] {
  const has = (name: string) => message.includes(`{{#${name}}}`);
  return [
    "Alert",
    ...(has("is_warning") || has("is_alert_to_warning") ? (["Warn"] as const) : []),
    ...(has("is_no_data") ? (["No Data"] as const) : []),
    "OK",
  ];
}
