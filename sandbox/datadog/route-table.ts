import { controlRoutes } from "./control-api.ts";
import { routes } from "./endpoints.ts";

/** The tables of sandbox/README.md, in Markdown. */
export function routeTables(): string {
  const api = routes.map(({ method, path, keys, imitates }) =>
    row([method, code(path), keys === "api" ? "API" : "both", imitates]),
  );
  const own = controlRoutes.map(({ method, path, what }) => row([method, code(path), what]));
  return [
    "| method | path | keys | how far it imitates Datadog |",
    "| --- | --- | --- | --- |",
    ...api,
    "",
    "| method | path | what for |",
    "| --- | --- | --- |",
    ...own,
  ].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function row(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
