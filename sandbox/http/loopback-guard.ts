import type { IncomingHttpHeaders } from "node:http";

/** What of a request shows whether a page of somebody else made a browser send it. */
export interface Sent {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** A name that only the cluster's own DNS can know: one label, or below `svc`. */
const clusterName = /^[a-z0-9-]+(?:\.[a-z0-9-]+\.svc(?:\.cluster\.local)?)?(?::\d{1,5})?$/i;

/**
 * Why a request is refused before anything else. A page of the web, or of another server of this
 * machine, can make a browser call loopback addresses: that shows in `Host` (a name of the web that
 * was rebound to 127.0.0.1), in an `Origin` that is not the address called, or in what the browser
 * itself says in `Sec-Fetch-Site`. A link that somebody follows is let through.
 *
 * @param names - `cluster`: names of Services are also taken, as pods call each other by them
 */
export function whyRefused(sent: Sent, names: "loopback" | "cluster"): string | undefined {
  return whyNotHost(sent.headers, names) ?? whyNotOrigin(sent.headers) ?? whyNotSite(sent);
}

function whyNotHost(
  { host = "" }: IncomingHttpHeaders,
  names: "loopback" | "cluster",
): string | undefined {
  if (loopback.test(host) || (names === "cluster" && clusterName.test(host))) return undefined;
  const allowed = names === "cluster" ? " or a name of the cluster" : "";
  return `Host ${JSON.stringify(host)} is not a loopback address${allowed}: call 127.0.0.1`;
}

function whyNotOrigin({ host = "", origin }: IncomingHttpHeaders): string | undefined {
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`
    ? undefined
    : `Origin ${JSON.stringify(origin)} is not the address called, http://${host}`;
}

function whyNotSite({ method = "GET", headers }: Sent): string | undefined {
  const site = headers["sec-fetch-site"];
  const isForeign = site === "cross-site" || site === "same-site";
  const isLink = method === "GET" && headers["sec-fetch-mode"] === "navigate";
  return isForeign && !isLink
    ? `Sec-Fetch-Site "${site}" says that a page of another address sent this`
    : undefined;
}
