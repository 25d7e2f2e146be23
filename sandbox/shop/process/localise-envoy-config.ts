import { parseDocument } from "yaml";
import type { Resolve } from "../http/address.ts";

/** Where the addresses of a configuration lie on this machine. */
export interface EnvoyPlace {
  /** Loopback port for a port that Envoy opens in its container. */
  readonly portOf: (containerPort: number) => number;
  /** Loopback address of a Service. */
  readonly resolve: Resolve;
}

type Path = readonly (string | number)[];

/** A socket address in the configuration. */
interface Found {
  readonly path: Path;
  readonly role: "listener" | "upstream";
  readonly address: string;
  readonly port: number;
}

const listenerPath = /^(admin|static_resources\.listeners\.\d+)\.address\.socket_address$/;
const upstreamPath =
  /^static_resources\.clusters\.\d+\.load_assignment\.endpoints\.\d+\.lb_endpoints\.\d+\.endpoint\.address\.socket_address$/;

/** Settings that name addresses in other ways, or fetch configuration from elsewhere. */
const unmappable = [
  "dynamic_resources",
  "api_config_source",
  "google_grpc",
  "cluster_type",
  "pipe",
  "envoy_internal_address",
];
const anyInterface = ["0.0.0.0", "::", "127.0.0.1", "::1"];
const clusterTypes = ["STATIC", "STRICT_DNS", "LOGICAL_DNS"];

/**
 * The same configuration with the addresses that it has on this machine: listeners and the admin
 * interface on loopback ports, the endpoints of clusters at the addresses of their Services. Nothing
 * else is touched.
 *
 * @param text Envoy's bootstrap configuration as YAML or JSON
 * @throws one line for an address that has no counterpart here, or is not understood
 */
export function localEnvoyConfig(text: string, { portOf, resolve }: EnvoyPlace): string {
  const document = parsed(text);
  for (const { path, role, address, port } of socketAddresses(document.toJS())) {
    const local =
      role === "listener"
        ? { host: "127.0.0.1", port: portOf(port) }
        : upstream(resolve, address, port);
    document.setIn([...path, "address"], local.host);
    document.setIn([...path, "port_value"], local.port);
  }
  return document.toString({ lineWidth: 0 });
}

/** Ports that Envoy opens in its container. */
export function envoyPorts(text: string): readonly number[] {
  return socketAddresses(parsed(text).toJS()).flatMap(({ role, port }) =>
    role === "listener" ? [port] : [],
  );
}

function parsed(text: string) {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Error(`Envoy's configuration is not YAML: ${firstLine(error.message)}`);
  return document;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function upstream(resolve: Resolve, address: string, port: number) {
  try {
    return resolve(address, port);
  } catch (cause) {
    throw new Error(`Envoy's upstream ${address}:${port} is no Service of the cluster`, { cause });
  }
}

function socketAddresses(config: unknown): Found[] {
  const found: Found[] = [];
  walk(config, [], (path, value) => {
    const name = path.at(-1);
    const where = path.join(".");
    if (typeof name === "string" && unmappable.includes(name)) throw cannotMap(where);
    if (/^static_resources\.clusters\.\d+\.type$/.test(where)) {
      if (!clusterTypes.includes(String(value))) throw cannotMap(`${where}: ${String(value)}`);
    }
    if (name === "socket_address") found.push(socketAddress(path, where, value));
  });
  return found;
}

function socketAddress(path: Path, where: string, value: unknown): Found {
  const {
    address,
    port_value: port,
    protocol,
  } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isListener = listenerPath.test(where);
  if (!isListener && !upstreamPath.test(where)) throw cannotMap(where);
  if (typeof address !== "string" || typeof port !== "number" || protocol === "UDP") {
    throw cannotMap(`${where} without address and port_value of TCP`);
  }
  if (isListener && !anyInterface.includes(address)) throw cannotMap(`${where}: ${address}`);
  return { path, role: isListener ? "listener" : "upstream", address, port };
}

function cannotMap(what: string): Error {
  return new Error(`the sandbox cannot map Envoy's ${what} to this machine`);
}

function walk(value: unknown, path: Path, visit: (path: Path, value: unknown) => void): void {
  if (path.length > 0) visit(path, value);
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(item, [...path, index], visit);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) walk(item, [...path, name], visit);
  }
}
