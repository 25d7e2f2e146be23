import * as z from "zod";
import { documentSchemas } from "../../../cli/json/schemas/all-documents.ts";
import { errorDocument } from "../../../cli/json/schemas/document.ts";

const head = `# JSON output

What the commands of \`./lab\` print with \`--json\`. This page is made from the schemas in
\`cli/json/schemas/\` by \`npm run docs:update\`.

- Standard output holds one JSON document and nothing else. Everything else that a command has to
  say goes to standard error.
- The exit codes are those of the command without \`--json\`. A command that finds a problem prints
  its document with \`"ok": false\` and exits with 1.
- A command that fails prints no document. The last line on standard error is then an
  [error](#error).
- \`schemaVersion\` grows when a field is removed or changes its meaning. New fields may appear
  without that: ignore fields that you do not know.
- Characters that a terminal would obey are escaped as \`\\u001b\`.

In the tables, \`[]\` stands for each element of a list, and \`*\` for any key.`;

/** The text of docs/json.md. */
export function jsonPage(): string {
  const documents = Object.entries(documentSchemas).map(([name, schema]) =>
    [`## ${name}`, `\`./lab ${name} --json\``, table(schema)].join("\n\n"),
  );
  const error = ["## error", "On standard error.", table(errorDocument)].join("\n\n");
  return `${[head, ...documents, error].join("\n\n")}\n`;
}

function table(schema: z.ZodType): string {
  const rows = rowsOf(z.toJSONSchema(schema) as Shape, "").map(
    ([path, type, meaning]) => `| \`${path}\` | ${type} | ${meaning} |`,
  );
  return ["| field | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

interface Shape {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
}

type Row = readonly [path: string, type: string, meaning: string];

/** The fields of an object, those of its members below them. */
function rowsOf(shape: Shape, path: string): readonly Row[] {
  const { properties = {}, items, anyOf = [], additionalProperties: other } = shape;
  const fields = Object.entries(properties).flatMap(([name, field]): readonly Row[] => {
    const at = path === "" ? name : `${path}.${name}`;
    return [[at, typeName(field), field.description ?? ""], ...rowsOf(field, at)];
  });
  const inner = [
    ...fields,
    ...(items === undefined ? [] : rowsOf(items, `${path}[]`)),
    ...(typeof other === "object" ? rowsOf(other, `${path}.*`) : []),
    ...anyOf.flatMap((one) => rowsOf(one, path)),
  ];
  // alternatives share fields
  return [...new Map(inner.map((row) => [row[0], row])).values()];
}

function typeName(shape: Shape): string {
  const { anyOf, items, enum: values, const: value, type, format } = shape;
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  if (values !== undefined) return values.map((one) => `\`${JSON.stringify(one)}\``).join(", ");
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeName))].join(" or ");
  if (items !== undefined) return `list of ${typeName(items)}`;
  if (type === undefined) return "anything";
  if (typeof type !== "string") return type.map((one) => typeName({ type: one })).join(" or ");
  return plainNames[format ?? ""] ?? plainNames[type] ?? type;
}

const plainNames: Readonly<Record<string, string>> = {
  "date-time": "time",
  uri: "URL",
  string: "text",
  integer: "whole number",
  boolean: "`true` or `false`",
};
