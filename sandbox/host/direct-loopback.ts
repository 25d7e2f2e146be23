type Environment = Readonly<Record<string, string | undefined>>;

/** Hosts of this machine, each as the libraries compare it: without a range, a pattern or a blank. */
const loopback = ["127.0.0.1", "localhost", "::1"];

const proxyNames = ["http_proxy", "https_proxy", "all_proxy", "grpc_proxy"];

/**
 * An environment in which nothing on this machine is asked through a proxy. Everything of the sandbox
 * talks over loopback, and not every library knows that no proxy can reach that:
 *
 * - Go (x/net/http/httpproxy) never takes a proxy for loopback; `NO_PROXY` wins over `no_proxy`.
 * - grpc-js reads `no_grpc_proxy`, else `no_proxy`, in lower case only; it compares whole entries,
 *   trims none, and does not know `*`.
 * - Python (urllib, requests) and curl prefer lower case and take `*` only where it stands alone.
 * - Node's own fetch takes a proxy with NODE_USE_ENV_PROXY, by `no_proxy`, else `NO_PROXY`.
 *
 * So each of the variables gets the hosts at its end, and a lone `*` takes the proxies away instead.
 */
export function withDirectLoopback(env: Environment): Environment {
  const proxies = Object.keys(env).filter(
    (name) => proxyNames.includes(name.toLowerCase()) && env[name] !== "",
  );
  if (proxies.length === 0) return env;
  const upper = textOf(env, "NO_PROXY", "no_proxy");
  const lower = textOf(env, "no_proxy", "NO_PROXY");
  if ([upper, lower].includes("*")) {
    return { ...env, ...Object.fromEntries(proxies.map((name) => [name, undefined])) };
  }
  const grpc = textOf(env, "no_grpc_proxy");
  return {
    ...env,
    NO_PROXY: completed(upper),
    no_proxy: completed(lower),
    ...(grpc !== undefined && { no_grpc_proxy: completed(grpc) }),
  };
}

/** The first of these variables that is not empty. */
function textOf(env: Environment, ...names: readonly string[]): string | undefined {
  return names.map((name) => env[name]?.trim()).find((text) => text !== undefined && text !== "");
}

function completed(list = ""): string {
  const entries = list.split(",").map((entry) => entry.trim());
  return [...new Set([...entries.filter((entry) => entry !== ""), ...loopback])].join(",");
}
