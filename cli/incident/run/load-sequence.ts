import * as z from "zod";
import type { LoadSequence } from "./result.ts";

const schema = z.object({
  seed: z.string(),
  customers: z.int(),
  sequence: z.string(),
  kept: z.boolean(),
});

/** The last that the load printed of what its customers order; undefined where it printed nothing. */
export function loadSequence(log: string): LoadSequence | undefined {
  return log
    .split("\n")
    .flatMap((line) => {
      const { data } = schema.safeParse(jsonOf(line));
      return data === undefined ? [] : [data];
    })
    .at(-1);
}

function jsonOf(line: string): unknown {
  try {
    return line.startsWith("{") ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}
