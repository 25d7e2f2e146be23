import * as z from "zod";
import { documentedKeys } from "../../../settings/problems.ts";
import { secretKeys, settingsSchema } from "../../../settings/schema.ts";

const head = `# Configuration

Every key of \`Pulumi.<stack>.yaml\`, in the namespace \`sock-shop\`. Generated from
\`settings/schema.ts\`; \`make docs-update\` rewrites it.

- Set a key with \`pulumi config set incident payment-down\`, a member of a group with
  \`pulumi config set --path load.users 20\`.
- Unknown keys and wrong values stop \`pulumi preview\` and \`pulumi up\` before anything changes;
  all problems are reported at once.
`;

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const { properties = {} } = z.toJSONSchema(settingsSchema, {
    io: "output",
    unrepresentable: "any",
  });
  const keys = documentedKeys().map(({ key, doc }) => {
    const shape = shapeAt(properties, key.split("."));
    const unit = doc.unit === undefined ? [] : [`Unit: ${doc.unit}.`];
    return [
      `### ${key}`,
      doc.meaning,
      [`Type: ${typeName(shape)}.`, `Default: ${defaultText(shape)}.`, ...unit].join(" "),
      `Allowed: ${doc.expected}.`,
      `Example: \`${doc.example}\``,
    ].join("\n\n");
  });
  const secrets = Object.entries(secretKeys).map(([key, { meaning }]) =>
    [`### ${key}`, meaning, `Set it with \`pulumi config set --secret ${key}\`.`].join("\n\n"),
  );
  return [head, "## Keys", ...keys, "## Secrets", secretsNote, ...secrets].join("\n\n") + "\n";
}

const secretsNote =
  "Pulumi stores secrets encrypted; a value in plain text is refused. The commands below ask for the " +
  "value, so it does not appear in the shell's history.";

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
}

function shapeAt(properties: Readonly<Record<string, unknown>>, path: readonly string[]): Shape {
  const [name = "", ...rest] = path;
  const shape = properties[name] as Shape;
  return rest.length === 0 ? shape : shapeAt(shape.properties ?? {}, rest);
}

function typeName({ type = "text", enum: values }: Shape): string {
  if (values) return "one of a list";
  const names: Readonly<Record<string, string>> = {
    string: "text",
    integer: "whole number",
    object: "group",
    array: "list",
  };
  return names[type] ?? type;
}

function defaultText({ default: value, properties }: Shape): string {
  if (properties) return "the defaults of its members";
  return value === undefined
    ? "none"
    : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
