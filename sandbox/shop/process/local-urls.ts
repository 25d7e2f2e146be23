import type { Resolve } from "../http/address.ts";

const serviceUrl = /\bhttp:\/\/([a-z0-9.-]+)(?::(\d+))?/g;

/**
 * Text in which the URLs of Services lead to their addresses on this machine. Other URLs stay as
 * they are; one that names a Service that the cluster does not have is refused as by its DNS.
 *
 * @throws Node's ENOTFOUND for a name of the cluster without a Service
 */
export function localUrls(text: string, resolve: Resolve): string {
  return text.replaceAll(serviceUrl, (url, name: string, port = "80") => {
    try {
      const address = resolve(name, Number(port));
      return `http://${address.host}:${address.port}`;
    } catch (error) {
      const unknown = (error as NodeJS.ErrnoException).code === "ENOTFOUND";
      if (unknown && !/\.svc(\.cluster\.local)?$/.test(name)) return url;
      throw error;
    }
  });
}
