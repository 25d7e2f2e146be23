import { queryString } from "../grok/filters.ts";
import type { Attributes } from "../log-event.ts";

/** Scheme, host, port, path, query and fragment; each may be missing. */
const parts =
  /^(?:([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i;

/** What the URL parser finds in a URL or in the path of one; what is not there is left out. */
export function urlDetails(url: string, isNormalized: boolean): Attributes {
  const [, scheme, host, port, path = "", query, hash] = parts.exec(url.trim()) ?? [];
  const details = {
    scheme,
    host,
    port: port === undefined ? undefined : Number(port),
    path: isNormalized && path.length > 1 ? path.replace(/\/+$/, "") : path,
    queryString: query === undefined || query === "" ? undefined : queryString(`?${query}`),
    hash,
  };
  const there = Object.entries(details).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(there);
}
