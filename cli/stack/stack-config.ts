import { parse } from "yaml";
import { Failure } from "../context/errors.ts";

/**
 * Where a stack's cluster and Datadog API are, as far as its configuration file says. Only
 * addresses are read here; whether the rest is right is for the stack's settings.ts to judge.
 */
export interface StackTargets {
  readonly stack: string;

  /** File name of the configuration, relative to the checkout. */
  readonly file: string;

  /** Context of the user's own cluster; absent when the sandbox's cluster is meant. */
  readonly kubeContext?: string;

  /** Kubeconfig file of the user's own cluster, if it is not the usual one. */
  readonly kubeconfig?: string;

  /** The cluster's name in Datadog. */
  readonly clusterName: string;

  /** Port of the sandbox's Datadog stand-in; absent when another Datadog API is meant. */
  readonly datadogPort?: number;

  /** Ports of the shop's programs; absent when they run in the user's own cluster. */
  readonly shop?: { readonly frontEndPort: number; readonly controlPort: number };

  /** The flag as it stands in the file. */
  readonly incident: string;

  /** Zone of the Java services' log lines. */
  readonly logTimeZone: string;
}

/** What settings/schema.ts takes where the file says nothing. */
const usualClusterName = "sockshop-kind";

/** Where the runbook forwards the front-end to; the shop's control address is two ports above it. */
const usualFrontEndPort = 2025;

/** True when the whole stack lives in the sandbox, so that no secret in its state is worth one. */
export function isSandboxed(targets: StackTargets): boolean {
  return targets.kubeContext === undefined && targets.datadogPort !== undefined;
}

/**
 * Reads a stack's configuration file.
 *
 * @param text content of the file
 * @throws Failure if it is not YAML with a `config` mapping
 */
export function stackTargets(stack: string, text: string): StackTargets {
  const file = stackFile(stack);
  const config = configOf(text, file);
  const kubeContext = stringAt(config, "sock-shop:kubeContext", file);
  const kubeconfig = stringAt(config, "sock-shop:kubeconfig", file);
  const port = (key: string): number | undefined => loopbackPort(config, key, file);
  const datadogPort = port("sock-shop:datadogApiUrl");
  const frontEndPort = port("sock-shop:frontEndUrl") ?? usualFrontEndPort;
  return {
    stack,
    file,
    ...(kubeContext !== undefined && { kubeContext }),
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(datadogPort !== undefined && { datadogPort }),
    ...(kubeContext === undefined && { shop: { frontEndPort, controlPort: frontEndPort + 2 } }),
    clusterName: stringAt(config, "sock-shop:clusterName", file) ?? usualClusterName,
    incident: stringAt(config, "sock-shop:incident", file) ?? "none",
    logTimeZone: stringAt(config, "sock-shop:logTimeZone", file) ?? "UTC",
  };
}

/** Name of a stack's configuration file. */
export function stackFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

function configOf(text: string, file: string): Readonly<Record<string, unknown>> {
  const document = parsed(text, file);
  const config = isMapping(document) ? document["config"] : document;
  if (config === undefined || config === null) return {};
  if (isMapping(config)) return config;
  throw new Failure(`${file}: "config" must be a mapping of keys to values; mend the file`);
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new Failure(`${file} is not YAML: ${reason ?? ""} mend the file`, { cause });
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stringAt(
  config: Readonly<Record<string, unknown>>,
  key: string,
  file: string,
): string | undefined {
  const value = config[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new Failure(`${file}: ${key} must be text, got ${JSON.stringify(value)}; mend the file`);
}

/** Port of an address of this machine; undefined for another machine's, and for none. */
function loopbackPort(
  config: Readonly<Record<string, unknown>>,
  key: string,
  file: string,
): number | undefined {
  const address = stringAt(config, key, file);
  if (address === undefined) return undefined;
  if (!URL.canParse(address)) throw new Failure(`${file}: ${key} must be a URL, got "${address}"`);
  const { protocol, hostname, port } = new URL(address);
  if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) return undefined;
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}
