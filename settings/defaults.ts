/**
 * What the program and `lab` must see alike: each reads the stack's configuration by itself. Plain
 * values, so that reading them loads neither Pulumi nor a schema.
 */
export const defaults = {
  incident: "none",
  namespace: "sock-shop",
  agentNamespace: "datadog",
  clusterName: "sockshop-kind",
  env: "demo",
  logTimeZone: "UTC",
  /** Where the runbook forwards the front-end to. */
  frontEndUrl: "http://localhost:2025",
} as const;

/** Hosts that lead to the sandbox's servers, which listen on 127.0.0.1 alone. */
const loopbackHosts: readonly string[] = ["127.0.0.1", "localhost"];

/** Whether an address leads to the sandbox, and so needs neither encryption nor real keys. */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && loopbackHosts.includes(new URL(address).hostname);
}

/** Whether an address leads to this machine, but not to the sandbox: `::1`, or a later 127.0.0.0/8. */
export function isDeadLoopback(address: string): boolean {
  if (!URL.canParse(address) || isLoopback(address)) return false;
  return /^(?:127\.[\d.]+|\[::1\]|\[::ffff:7f[\da-f:]+\])$/.test(new URL(address).hostname);
}

/** Port of an address of the sandbox; undefined for any other address. */
export function loopbackPort(address: string): number | undefined {
  if (!isLoopback(address)) return undefined;
  const { protocol, port } = new URL(address);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

/** Ports of the sandbox's shop. */
export interface ShopPorts {
  readonly frontEndPort: number;
  readonly controlPort: number;
}

/** Highest port of a front-end in the sandbox: the agent listens three ports above it. */
export const highestFrontEndPort = 65_532;

/** Ports of the shop in the sandbox where the front-end has this address. */
export function shopPorts(frontEndUrl: string): ShopPorts {
  const frontEndPort = loopbackPort(frontEndUrl) ?? loopbackPort(defaults.frontEndUrl) ?? 0;
  return { frontEndPort, controlPort: frontEndPort + 2 };
}

/** Port of the agent's stand-in, which reads the logs of the shop. */
export function agentPort({ frontEndPort }: ShopPorts): number {
  return frontEndPort + 3;
}

/** What keeps a server of the sandbox from its port; undefined when nothing does. */
export function portConflict(datadogPort: number | undefined, shop: ShopPorts): string | undefined {
  const ports = [shop.frontEndPort, shop.controlPort, agentPort(shop)];
  if (datadogPort === undefined || !ports.includes(datadogPort)) return undefined;
  return (
    `expected ports other than that of datadogApiUrl, got ${ports.join(", ")}, of which Datadog's ` +
    `stand-in has ${datadogPort}; ` +
    "set it with: pulumi config set frontEndUrl http://localhost:<port>"
  );
}

const yamlWord = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const yamlNumber = /^[-+.]?\d[\d_]*\.?[\d_]*(?:e[-+]?\d+)?$|^0[xo][\da-f_]+$|^[-+]?\.(?:inf|nan)$/i;

/**
 * Whether a name is also a name where YAML or a shell reads it without quotes: `true` and `123`
 * become a truth value and a number there.
 */
export function isPlainName(text: string): boolean {
  return !yamlWord.test(text) && !yamlNumber.test(text);
}
