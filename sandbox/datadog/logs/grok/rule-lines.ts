/** One grok rule: its name and what it matches. */
export type Rule = readonly [name: string, pattern: string];

/** A name may hold dots; what follows the blank behind it is the pattern, with the blanks at its end. */
const ruleLine = /^\s*([\w.]+)\s+(\S.*)$/;

/** The lines of a grok definition that declare rules: neither empty, nor comments that begin with #. */
export function ruleLines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
}

/** Name and pattern of a rule's line; `undefined` where it is not `name pattern`. */
export function parseRule(line: string): Rule | undefined {
  const [, name, pattern] = ruleLine.exec(line) ?? [];
  return name === undefined || pattern === undefined ? undefined : [name, pattern];
}

/** The rules of a grok definition, one a line. */
export function rulesOf(text: string): Rule[] {
  return ruleLines(text)
    .map(parseRule)
    .filter((rule) => rule !== undefined);
}
