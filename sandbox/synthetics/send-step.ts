import type { SendStep } from "./run-steps.ts";

/**
 * Sends requests to the front-end alone, whatever of its names in the cluster they use: the network
 * policy of the worker lets it reach no other part of the shop.
 *
 * @param frontEnd - address of the front-end on this machine, without a slash at the end
 */
export function sendToFrontEnd(frontEnd: string): SendStep {
  return async (url, { timeoutMs, ...request }) => {
    const { hostname, pathname, search } = new URL(url);
    if (!/^front-end(\.[a-z0-9-]+(\.svc(\.cluster\.local)?)?)?$/.test(hostname)) {
      throw new Error(`the sandbox reaches the front-end alone, not ${hostname}`);
    }
    const response = await fetch(`${frontEnd}${pathname}${search}`, {
      ...request,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
}
