import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Asset, pageAssets } from "./scripts.ts";
import { shell } from "./shell.ts";

/** Datadog's own paths, so that a link in a monitor's message works in both. */
export const pagePaths = [
  "/",
  "/monitors",
  "/monitors/manage",
  "/monitors/:id",
  "/dashboard/lists",
  "/dashboard/:id",
  "/dashboard/:id/:slug",
  "/logs",
  "/logs/livetail",
  "/logs/pipelines",
  "/event/explorer",
  "/slo",
  "/slo/manage",
] as const;

/** Nothing inline, nothing from elsewhere, and no text that is taken for markup or script. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Serves the page at Datadog's paths, and what it loads under `/page/`. */
export function addPage(app: FastifyInstance): void {
  let assets: ReturnType<typeof pageAssets> | undefined;
  for (const path of pagePaths) {
    app.get(path, (_request, reply) =>
      withHeaders(reply).type("text/html; charset=utf-8").send(shell),
    );
  }
  app.get("/page/*", async (request, reply) => {
    assets ??= pageAssets();
    const [path = ""] = request.url.split("?");
    const found = (await assets).get(path);
    if (found === undefined) {
      return reply.code(404).send({ errors: [`the page has no file ${path}`] });
    }
    return sendAsset(request, withHeaders(reply), found);
  });
}

/** Whether a request is for the page, or made by it: no client of the API sends these headers. */
export function isOfPage({ url, headers, routeOptions }: FastifyRequest): boolean {
  const isPath = pagePaths.some((path) => path === routeOptions.url) || url.startsWith("/page/");
  return isPath || headers["sec-fetch-site"] === "same-origin";
}

function withHeaders(reply: FastifyReply): FastifyReply {
  return reply.headers({
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
  });
}

function sendAsset({ headers }: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  void reply.header("etag", asset.etag).header("vary", "accept-encoding");
  if (headers["if-none-match"] === asset.etag) return reply.code(304).send();
  void reply.type(asset.type);
  return /\bgzip\b/.test(headers["accept-encoding"] ?? "")
    ? reply.header("content-encoding", "gzip").send(asset.gzipped)
    : reply.send(asset.body);
}
