import { readFile } from "node:fs/promises";
import { get } from "node:https";
import { join } from "node:path";
import type { SandboxPaths } from "../host/paths.ts";
import { clusterDir } from "./kwokctl.ts";

/** Whether the API server says that it is ready, without a login. */
export async function isServing(
  server: string,
  paths: Pick<SandboxPaths, "kwokDir">,
): Promise<boolean> {
  const ca = await readFile(join(clusterDir(paths), "pki", "ca.crt")).catch(() => undefined);
  if (ca === undefined) return false;
  return await new Promise((resolve) => {
    const request = get(`${server}/readyz`, { ca, timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => {
      resolve(false);
    });
  });
}
