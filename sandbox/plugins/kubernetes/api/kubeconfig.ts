import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import {
  newClusters,
  newContexts,
  newUsers,
  type Cluster,
  type Context,
  type User,
} from "@kubernetes/client-node/dist/config_types.js";
import { PluginError } from "../../grpc/plugin-error.ts";
import type { Environment, ProviderSettings } from "../provider-settings.ts";

type Source = Pick<ProviderSettings, "kubeconfig" | "context" | "cluster">;

/** The cluster that a context of a kubeconfig leads to, and as whom to go there. */
export interface Connection {
  readonly cluster: Cluster;

  /** Absent when the kubeconfig names none: anonymous. */
  readonly user: User | undefined;

  /** The context's namespace, if it has one. */
  readonly namespace: string | undefined;
}

interface Kubeconfig {
  readonly clusters: readonly Cluster[];
  readonly contexts: readonly Context[];
  readonly users: readonly User[];
  readonly currentContext: string;
}

/** Reads the kubeconfig and follows the context; fails with one line on what is missing. */
export async function loadConnection(source: Source, env: Environment): Promise<Connection> {
  const config = await readKubeconfig(source.kubeconfig ?? defaultKubeconfig(env));
  const wanted = source.context ?? config.currentContext;
  const context = config.contexts.find((it) => it.name === wanted);
  if (context === undefined) {
    const names = config.contexts.map((it) => it.name);
    throw new PluginError(
      `the kubeconfig has no context "${wanted}": it has ${listed(names)}; ` +
        'set the provider argument "context" to one of them, or start the cluster it belongs to',
    );
  }
  const clusterName = source.cluster ?? context.cluster;
  const cluster = config.clusters.find((it) => it.name === clusterName);
  if (cluster === undefined) {
    const names = config.clusters.map((it) => it.name);
    throw new PluginError(
      `the kubeconfig has no cluster "${clusterName}": it has ${listed(names)}; ` +
        'correct its context, or the provider argument "cluster"',
    );
  }
  const user = config.users.find((it) => it.name === context.user);
  return { cluster, user, namespace: context.namespace };
}

/** The cluster an earlier or later configuration points at, or undefined if that cannot be told. */
export async function activeCluster(
  source: Source,
  env: Environment,
): Promise<Cluster | undefined> {
  try {
    return (await loadConnection(source, env)).cluster;
  } catch {
    return undefined;
  }
}

async function readKubeconfig(pathOrContent: string): Promise<Kubeconfig> {
  const file = expandHome(pathOrContent);
  try {
    if (isFile(file)) return await parse(readFileSync(file, "utf8"), path.dirname(file));
    if (looksLikePath(file)) throw new Error("there is no such file");
    return await parse(pathOrContent, "");
  } catch (error) {
    // The parser quotes what it cannot read, which may be a key: the first line is its own words.
    const reason =
      error instanceof Error
        ? (error.message.split("\n", 1)[0]?.replace(/:$/, "") ?? "")
        : String(error);
    throw new PluginError(
      `cannot read the kubeconfig ${looksLikePath(file) ? file : "given as text"}: ${reason}; ` +
        'set the provider argument "kubeconfig" to the path or content of one, ' +
        "or start the cluster that writes it",
    );
  }
}

async function parse(content: string, folder: string): Promise<Kubeconfig> {
  const { parse: parseYaml } = await import("yaml");
  const parsed: unknown = parseYaml(content);
  const config = parsed as Record<string, unknown> | null;
  if (typeof config !== "object" || config?.["clusters"] === undefined) {
    throw new Error("it has no clusters");
  }
  const current = config["current-context"];
  return {
    clusters: newClusters(config["clusters"]).map((it) => ({
      ...it,
      ...absolute(folder, { caFile: it.caFile }),
    })),
    contexts: newContexts(config["contexts"]),
    users: newUsers(config["users"]).map((it) => ({
      ...it,
      ...absolute(folder, { certFile: it.certFile, keyFile: it.keyFile }),
    })),
    currentContext: typeof current === "string" ? current : "",
  };
}

/** Paths in a kubeconfig are relative to its own folder. */
function absolute(folder: string, files: Readonly<Record<string, string | undefined>>) {
  const entries = Object.entries(files).flatMap(([name, file]) =>
    file === undefined ? [] : [[name, path.resolve(folder, file)] as const],
  );
  return Object.fromEntries(entries);
}

function defaultKubeconfig(env: Environment): string {
  const files = (env["KUBECONFIG"] ?? "").split(path.delimiter).filter((it) => it !== "");
  if (files.length > 1) {
    throw new PluginError(
      "KUBECONFIG names several files, which the stand-in kubernetes plugin does not merge: " +
        'set the provider argument "kubeconfig" to one of them',
    );
  }
  const file = files[0] ?? path.join(env["HOME"] ?? homedir(), ".kube", "config");
  if (existsSync(file)) return file;
  throw new PluginError(
    `there is no kubeconfig at ${file}: ` +
      'set the provider argument "kubeconfig", or KUBECONFIG, to the path of one',
  );
}

function expandHome(file: string): string {
  return file === "~" || file.startsWith("~/") ? path.join(homedir(), file.slice(1)) : file;
}

function isFile(file: string): boolean {
  return looksLikePath(file) && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

// A kubeconfig's content must not be shown in an error, and is too long for a file name.
function looksLikePath(text: string): boolean {
  return !text.includes("\n") && text.length < 1024 && !text.trimStart().startsWith("{");
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((it) => `"${it}"`).join(", ");
}
