import type { Context } from "../context/context.ts";
import { printable } from "../framework/printable.ts";

/**
 * Version of the shape of every document. It grows when a field is removed or changes its meaning;
 * new fields do not change it.
 */
export const schemaVersion = 1;

/** A document without its version. */
export type Body<Document> = Omit<Document, "schemaVersion">;

/** Prints one document and nothing else on standard output. */
export function printDocument<Document>(context: Context, body: Body<Document>): void {
  context.stdout.write(documentText(body));
}

/** A document as it is printed; what a terminal would obey is escaped. */
export function documentText(body: object, indent = 2): string {
  return `${printable(JSON.stringify({ schemaVersion, ...body }, undefined, indent))}\n`;
}

/** The context of a command that prints a document: all other text goes to standard error. */
export function withoutText(context: Context): Context {
  const { stderr, run } = context;
  return {
    ...context,
    stdout: stderr,
    terminal: false,
    run: { ...run, attach: (program) => run.attach({ ...program, output: "stderr" }) },
  };
}
