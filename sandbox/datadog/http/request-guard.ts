import type { IncomingHttpHeaders } from "node:http";

/** Whether the keys are there that Datadog asks for; their values are never looked at. */
export function hasKeys(headers: IncomingHttpHeaders, wanted: "api" | "both"): boolean {
  const has = (name: string) => typeof headers[name] === "string" && headers[name] !== "";
  if (/^Bearer \S+$/.test(headers.authorization ?? "")) {
    return true;
  }
  return has("dd-api-key") && (wanted === "api" || has("dd-application-key"));
}

/** The address as it may be recorded: keys can also come as query parameters. */
export function withoutKeys(url: string): string {
  return url.replaceAll(/([?&](?:api|application|app)_key=)[^&#]*/gi, "$1***");
}

const deepest = 100;

/** Whether JSON text nests deeper than any Datadog body does; such a body would break recursion. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      at += character === "\\" ? 1 : 0;
      quoted = character !== '"';
    } else if (character === '"') {
      quoted = true;
    } else if (character === "{" || character === "[") {
      depth += 1;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
    if (depth > deepest) {
      return true;
    }
  }
  return false;
}
