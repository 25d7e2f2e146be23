import { rulesOf } from "./rule-lines.ts";
import type { GrokDefinition, LogEngine } from "../pipeline-engine.ts";

/** Where the rule that came farthest into a text stopped. */
export interface GrokStop {
  readonly rule: string;

  /** The part of the rule that does not match any more. */
  readonly part: string;

  /** What is left of the text from there on. */
  readonly rest: string;
}

const restAttribute = "grok_rest";

/**
 * Tries ever shorter beginnings of each rule on a text that none of them matches, to tell a person
 * which part of which rule to look at. Support rules count as one part.
 */
export async function whereGrokStops(
  definition: GrokDefinition,
  text: string,
  engine: LogEngine,
): Promise<GrokStop | undefined> {
  const stops = await Promise.all(
    rulesOf(definition.match_rules).map(([name, pattern]) =>
      stopOf({ name, parts: grokParts(pattern) }, { definition, text, engine }),
    ),
  );
  return stops
    .filter((stop) => stop !== undefined)
    .sort((one, other) => one.rest.length - other.rest.length)[0];
}

interface Trial {
  readonly definition: GrokDefinition;
  readonly text: string;
  readonly engine: LogEngine;
}

async function stopOf(
  { name, parts }: { readonly name: string; readonly parts: readonly string[] },
  { definition, text, engine }: Trial,
): Promise<GrokStop | undefined> {
  const rest = `(?:%{regex("[\\\\s\\\\S]+"):${restAttribute}})?`;
  const lengths = parts.map((_, index) => parts.length - 1 - index).filter((count) => count > 0);
  const beginnings = lengths.map(
    (count) => `begins_${count} ${parts.slice(0, count).join("")}${rest}`,
  );
  if (beginnings.length === 0) return undefined;
  const [outcome] = await engine.grok({ ...definition, match_rules: beginnings.join("\n") }, [
    text,
  ]);
  if (outcome === undefined || "failed" in outcome) return undefined;
  const count = Number(outcome.rule.replace("begins_", ""));
  const left = outcome.found[restAttribute];
  return { rule: name, part: parts[count] ?? "", rest: typeof left === "string" ? left : "" };
}

/**
 * The parts of a grok pattern that stand side by side: `%{…}`, groups and classes whole, each with
 * its quantifier, single characters else.
 */
export function grokParts(pattern: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < pattern.length;) {
    const end = quantifierEnd(pattern, partEnd(pattern, at));
    parts.push(pattern.slice(at, end));
    at = end;
  }
  return parts;
}

/** A reference with quoted arguments, a class, an escape, or else one character. */
const part = /%\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}|\[\^?\]?(?:[^\]\\]|\\.)*\]|\\.|[^]/y;

/** Index behind the part that begins at an index. */
function partEnd(pattern: string, at: number): number {
  part.lastIndex = at;
  const end = at + (part.exec(pattern)?.[0].length ?? 1);
  if (pattern[at] !== "(") return end;
  let inner = end;
  while (inner < pattern.length && pattern[inner] !== ")") inner = partEnd(pattern, inner);
  return Math.min(inner + 1, pattern.length);
}

function quantifierEnd(pattern: string, at: number): number {
  const quantifier = /^(?:[*+?]|\{\d*,?\d*\})[?+]?/.exec(pattern.slice(at));
  return at + (quantifier?.[0].length ?? 0);
}
