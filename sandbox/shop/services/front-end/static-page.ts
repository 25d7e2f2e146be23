import { readFileSync } from "node:fs";
import type { HttpResponse } from "../../../http/message.ts";

const page = fileOf("index.html");

/** The files beside the page; the real front-end has folders of these names, too. */
const files: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  "/js/shop.js": { type: "text/javascript; charset=UTF-8", body: fileOf("js/shop.js") },
  "/js/elements.js": { type: "text/javascript; charset=UTF-8", body: fileOf("js/elements.js") },
  "/css/shop.css": { type: "text/css; charset=UTF-8", body: fileOf("css/shop.css") },
};

/** Nothing inline, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** The shop's page. The error-fix build shows every failed order, the stock build only refusals. */
export function staticPage(path: string, showsErrors: boolean): HttpResponse | undefined {
  if (path === "/" || path === "/index.html") {
    const body = page.replace('data-shows-errors="false"', `data-shows-errors="${showsErrors}"`);
    const type = "text/html; charset=UTF-8";
    return {
      status: 200,
      headers: { "content-type": type, "content-security-policy": policy },
      body,
    };
  }
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  return file && { status: 200, headers: { "content-type": file.type }, body: file.body };
}

function fileOf(name: string): string {
  return readFileSync(new URL(`./public/${name}`, import.meta.url), "utf8");
}
