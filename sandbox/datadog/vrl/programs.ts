import { createHash } from "node:crypto";

/** What the worker compiles once and then runs on many values. */
export type Program = GrokProgram | MatchProgram;

/** Runs on `{text}`; answers the first rule that matches with what it found, or null. */
interface GrokProgram {
  readonly kind: "grok";
  readonly support: readonly Rule[];
  readonly rules: readonly Rule[];
}

/** Runs on a log; answers for each query whether it matches. */
interface MatchProgram {
  readonly kind: "match";
  readonly queries: readonly string[];
}

type Rule = readonly [name: string, pattern: string];

/** The rules of a grok parser as its definition writes them: one a line, a name and a pattern. */
export function rulesOf(text: string): Rule[] {
  return text
    .split("\n")
    .map((line) => /^\s*(\w+)\s+(\S.*?)\s*$/.exec(line))
    .flatMap((found) => (found === null ? [] : [[found[1] ?? "", found[2] ?? ""] as const]));
}

export function keyOf(program: Program): string {
  return createHash("sha256").update(JSON.stringify(program)).digest("hex").slice(0, 16);
}

/** The sentence of VRL's diagnostics that says what is wrong. */
export function compileError(diagnostics: string): string {
  const lines = diagnostics.split("\n").map((line) => line.trim());
  const said = lines.find((line) => line !== "") ?? diagnostics;
  return said.replace(
    /^(?:error\[E\d+\]: )?(?:function compilation error: )?(?:error\[E\d+\]\s*)?/,
    "",
  );
}
