type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the user's environment names for downloads. */
export interface Proxy {
  readonly httpProxy: string | undefined;
  readonly httpsProxy: string | undefined;

  /** Hosts that are reached without it, with commas between. */
  readonly noProxy: string | undefined;
}

/** Reads the variables that curl, npm and Go read, too; undefined when no proxy is named. */
export function proxyOf(env: Environment): Proxy | undefined {
  const httpProxy = named(env, "http_proxy");
  const httpsProxy = named(env, "https_proxy") ?? httpProxy;
  if (httpsProxy === undefined) return undefined;
  return { httpProxy, httpsProxy, noProxy: named(env, "no_proxy") };
}

/** `fetch` that goes through the proxy: Node's own heeds none unless it is started with a flag. */
export async function fetchThrough(
  proxy: Proxy,
): Promise<(url: string, init: RequestInit) => Promise<Response>> {
  const undici = await import("undici");
  // its own defaults are the same variables of our process, hence empty words and not undefined
  const dispatcher = new undici.EnvHttpProxyAgent({
    httpProxy: proxy.httpProxy ?? "",
    httpsProxy: proxy.httpsProxy ?? "",
    noProxy: proxy.noProxy ?? "",
  });
  const through = undici.fetch as unknown as (url: string, init: object) => Promise<Response>;
  return (url, init) => through(url, { ...init, dispatcher });
}

function named(env: Environment, name: string): string | undefined {
  return [env[name], env[name.toUpperCase()]].find((value) => value !== undefined && value !== "");
}
