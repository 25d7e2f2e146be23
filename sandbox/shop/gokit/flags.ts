import { ProcessExit } from "../services/service.ts";

/**
 * Go's `flag` package: `-name=value`, `-name value`, one dash or two.
 * Throws ProcessExit(2) with Go's own words for a flag that the program does not define.
 */
export function goFlags(
  args: readonly string[],
  defaults: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const values = { ...defaults };
  for (let index = 0; index < args.length; index += 1) {
    const match = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(args[index] ?? "");
    if (match === null) break;
    const name = match[1] ?? "";
    if (!Object.hasOwn(values, name)) {
      throw new ProcessExit(2, `flag provided but not defined: -${name}`);
    }
    const inline = match[2];
    if (inline === undefined) index += 1;
    const value = inline ?? args[index];
    if (value === undefined) throw new ProcessExit(2, `flag needs an argument: -${name}`);
    values[name] = value;
  }
  return values;
}
