import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const readme = new URL("../../sandbox/README.md", import.meta.url);

/** What figures stand in sandbox/README.md: each kind has a section of its own. */
export type Section = "api" | "logs";

function sectionOf(kind: Section): RegExp {
  return new RegExp(`(<!-- conformance ${kind}: [^>]*-->\n)([^]*?)(\n<!-- end of conformance -->)`);
}

/** The sentence that sandbox/README.md states, on one line; `undefined` where there is no section. */
export function statedSentence(kind: Section): string | undefined {
  const found = sectionOf(kind).exec(readFileSync(readme, "utf8"));
  return found?.[2]?.trim().replaceAll(/\s+/g, " ");
}

/** Puts a sentence into its section of sandbox/README.md. */
export async function stateSentence(kind: Section, sentence: string): Promise<void> {
  const text = readFileSync(readme, "utf8").replace(
    sectionOf(kind),
    (_all, begin: string, _old: string, end: string) => `${begin}\n${sentence}\n${end}`,
  );
  const style = await resolveConfig(fileURLToPath(readme));
  writeFileSync(readme, await format(text, { ...style, parser: "markdown" }));
}
