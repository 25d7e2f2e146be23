import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { Cluster, KubeConfig } from "@kubernetes/client-node";
import { PluginError } from "../grpc/plugin-error.ts";
import type { Environment, ProviderSettings } from "./provider-settings.ts";

type Source = Pick<ProviderSettings, "kubeconfig" | "context" | "cluster">;

/**
 * The library's kubeconfig class. It takes half a second to load, which the plugin spends while
 * the engine still starts the program; hence not a static import.
 */
export async function loadKubeConfigClass(): Promise<typeof KubeConfig> {
  const module = await import("@kubernetes/client-node/dist/config.js");
  return module.KubeConfig;
}

/** Reads the kubeconfig and selects the context; fails with one line on what is missing. */
export async function loadKubeconfig(source: Source, env: Environment): Promise<KubeConfig> {
  const config = new (await loadKubeConfigClass())();
  readInto(config, source.kubeconfig ?? defaultKubeconfig(env));
  const context = source.context ?? config.getCurrentContext();
  const found = config.getContexts().find((it) => it.name === context);
  if (found === undefined) {
    const names = config.getContexts().map((it) => it.name);
    throw new PluginError(
      `the kubeconfig has no context "${context}": it has ${listed(names)}; ` +
        'set the provider argument "context" to one of them, or start the cluster it belongs to',
    );
  }
  config.setCurrentContext(context);
  if (source.cluster !== undefined) {
    config.contexts = [{ ...found, cluster: source.cluster }];
  }
  if (config.getCurrentCluster() === null) {
    throw new PluginError(`the kubeconfig has no cluster "${source.cluster ?? found.cluster}"`);
  }
  return config;
}

/** The cluster an earlier or later configuration points at, or undefined if that cannot be told. */
export async function activeCluster(
  source: Source,
  env: Environment,
): Promise<Cluster | undefined> {
  try {
    const cluster = (await loadKubeconfig(source, env)).getCurrentCluster();
    return cluster ?? undefined;
  } catch {
    return undefined;
  }
}

function readInto(config: KubeConfig, pathOrContent: string): void {
  const file = expandHome(pathOrContent);
  try {
    if (isFile(file)) config.loadFromFile(file);
    else if (pathOrContent.includes("clusters")) config.loadFromString(pathOrContent);
    else throw new Error("no such file");
  } catch (error) {
    const what = isFile(file) || looksLikePath(file) ? file : "given as text";
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new PluginError(
      `cannot read the kubeconfig ${what}: ${reason ?? "unknown reason"}; ` +
        'set the provider argument "kubeconfig" to the path or content of one',
    );
  }
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
