import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";
import type * as z from "zod";

/**
 * Reads a YAML file.
 *
 * @throws one line for each problem: file, key, what may stand there
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  const name = basename(file);
  const result = schema.safeParse(parsed(name, readFileSync(file, "utf8")));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `${name}: ${path.join(".") || "the file"}: ${message}`,
  );
  throw new Error(problems.join("\n"));
}

/** What the parser says of an error after its first line is the text around it. */
function parsed(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [what = ""] = (error as Error).message.split("\n");
    throw new Error(`${name}: ${what.replace(/:$/, "")}`, { cause: error });
  }
}
