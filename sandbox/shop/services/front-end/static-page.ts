import { readFileSync } from "node:fs";
import type { HttpResponse } from "../../../http/message.ts";

const page = readFileSync(new URL("./public/index.html", import.meta.url), "utf8");

/** The shop's page. The error-fix build shows every failed order, the stock build only refusals. */
export function staticPage(path: string, showsErrors: boolean): HttpResponse | undefined {
  if (path !== "/" && path !== "/index.html") return undefined;
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=UTF-8",
      "content-security-policy": "default-src 'self' 'unsafe-inline'; img-src 'self' data:",
    },
    body: page.replace('data-shows-errors="false"', `data-shows-errors="${showsErrors}"`),
  };
}
