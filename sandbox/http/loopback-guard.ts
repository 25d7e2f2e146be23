import type { IncomingHttpHeaders } from "node:http";

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** A name that only the cluster's own DNS can know: one label, or below `svc`. */
const clusterName = /^[a-z0-9-]+(?:\.[a-z0-9-]+\.svc(?:\.cluster\.local)?)?(?::\d{1,5})?$/i;

/**
 * Why a request is refused before anything else. A page of the web can make a browser call loopback
 * addresses: that shows in `Host` (a name of the web that was rebound to 127.0.0.1), or in an
 * `Origin` that is not the address called.
 */
export function whyRefused({ host = "", origin }: IncomingHttpHeaders): string | undefined {
  if (!loopback.test(host) && !clusterName.test(host)) {
    return `Host ${JSON.stringify(host)} is neither a loopback address nor a name of the cluster`;
  }
  if (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`) {
    return undefined;
  }
  return `Origin ${JSON.stringify(origin)} is not the address called, http://${host}`;
}
