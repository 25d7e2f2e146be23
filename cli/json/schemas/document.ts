import * as z from "zod";
import { schemaVersion } from "../print-document.ts";

/** A document of one command; all of them have a version. */
export function documentSchema<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({
    schemaVersion: z.literal(schemaVersion).describe("version of this shape"),
    ...shape,
  });
}

/** Whether the command found nothing wrong. */
export const ok = z.boolean().describe("true with exit code 0, false with exit code 1");

export const stack = z.string().describe("name of the stack");

/** What to run to fix what was found. */
export const fix = z
  .string()
  .nullable()
  .describe("command that fixes it; null if nothing is wrong");

export const count = z.int().nonnegative();

export const time = z.iso.datetime();

/** What every command prints on standard error, on one line, when it fails with `--json`. */
export const errorDocument = documentSchema({
  error: z.strictObject({
    code: z
      .enum(["usage", "failed"])
      .describe("`usage` for a wrong command line, `failed` for everything else"),
    message: z.string().describe("what went wrong and what to do"),
    exitCode: z.int().min(1).describe("exit code of the command"),
  }),
});

export type ErrorDocument = z.infer<typeof errorDocument>;
