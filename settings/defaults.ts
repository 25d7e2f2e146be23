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

/** Hosts that lead to the sandbox's servers. They do not listen on the rest of 127.0.0.0/8. */
const loopbackHosts: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Whether an address leads to the sandbox, and so needs neither encryption nor real keys. */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && loopbackHosts.includes(new URL(address).hostname);
}

/** Port of an address of the sandbox; undefined for any other address. */
export function loopbackPort(address: string): number | undefined {
  if (!isLoopback(address)) return undefined;
  const { protocol, port } = new URL(address);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

/** Ports of the sandbox's shop; those after the front-end's follow from it. */
export interface ShopPorts {
  readonly frontEndPort: number;
  readonly controlPort: number;
  readonly agentPort: number;
}

/** Highest port of a front-end in the sandbox: its agent listens three ports above it. */
export const highestFrontEndPort = 65_532;

/** Ports of the shop in the sandbox where the front-end has this address. */
export function shopPorts(frontEndUrl: string): ShopPorts {
  const port = loopbackPort(frontEndUrl) ?? loopbackPort(defaults.frontEndUrl) ?? 0;
  return { frontEndPort: port, controlPort: port + 2, agentPort: port + 3 };
}

const yamlWord = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const yamlNumber = /^[-+.]?\d[\d_.]*(?:e[-+]?\d+)?$|^0[xo][\da-f_]+$|^[-+]?\.(?:inf|nan)$/i;

/**
 * Whether a name is also a name where YAML or a shell reads it without quotes: `true` and `123`
 * become a truth value and a number there.
 */
export function isPlainName(text: string): boolean {
  return !yamlWord.test(text) && !yamlNumber.test(text);
}
