import { createHash } from "node:crypto";
import type { Rule } from "../logs/grok/rule-lines.ts";

/** What the worker compiles once and then runs on many values. */
export type Program = GrokProgram | MatchProgram | UserAgentProgram;

/** Runs on `{text}`; answers the first rule that matches with what it found, or null. */
interface GrokProgram {
  readonly kind: "grok";
  readonly support: readonly Rule[];
  readonly rules: readonly Rule[];
}

/** Runs on `{text}`; answers browser, operating system and device. */
interface UserAgentProgram {
  readonly kind: "user-agent";
}

/** Runs on a log; answers for each query whether it matches. */
interface MatchProgram {
  readonly kind: "match";
  readonly queries: readonly string[];
}

export function keyOf(program: Program): string {
  return createHash("sha256").update(JSON.stringify(program)).digest("hex").slice(0, 16);
}

/** The sentence of VRL's diagnostics that says what is wrong. */
export function compileError(diagnostics: string): string {
  const lines = diagnostics.split("\n").map((line) => line.trim());
  const said = lines.find((line) => line !== "") ?? diagnostics;
  // what worker.py puts before every pattern is not the user's
  return said
    .replace("(?m)", "")
    .replace(/^(?:error\[E\d+\]: )?(?:function compilation error: )?(?:error\[E\d+\]\s*)?/, "");
}
