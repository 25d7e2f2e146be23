import { homedir } from "node:os";
import * as pulumi from "@pulumi/pulumi";
import type * as z from "zod";
import { datadogEndpoints, type DatadogEndpoints } from "../components/datadog/site.ts";
import { toSeconds } from "../components/duration.ts";
import type { ClusterAccess } from "../components/providers.ts";
import { cloneAt, runbookAddress } from "./runbook-address.ts";
import { type Problem, schemaProblems, secretProblems, skippedKeys } from "./problems.ts";
import { defaults, isLoopback, loopbackPort, portConflict, shopPorts } from "./defaults.ts";
import { type SecretKey, secretKeys, settingsSchema } from "./schema.ts";

/** The stack's configuration, without its secrets. */
export type Settings = z.infer<typeof settingsSchema> & {
  readonly cluster: ClusterAccess;
  readonly datadog: DatadogEndpoints;
};

/** The stack's secrets; they exist as Outputs only. */
export interface Secrets {
  readonly datadogApiKey: pulumi.Output<string>;
  readonly datadogAppKey: pulumi.Output<string>;
  readonly clusterAgentToken?: pulumi.Output<string> | undefined;
  readonly catalogueDbPassword?: pulumi.Output<string> | undefined;
}

/** A raw configuration: plain values by key, and how each secret that is set was stored. */
export interface RawConfig {
  readonly plain: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Partial<Record<SecretKey, "encrypted" | "in clear" | "empty">>>;
}

const prefix = "sock-shop:";
const sandboxCluster = { kubeconfig: ".sandbox/kubeconfig", context: "kwok-sock-shop" };

/** Reads and checks the whole configuration; throws one error that lists every problem. */
export function loadSettings(config: pulumi.Config): { settings: Settings; secrets: Secrets } {
  const result = parseSettings(rawConfig(pulumi.runtime.allConfig()), homedir());
  if ("problems" in result) throw new pulumi.RunError(report(result.problems));

  const settings = {
    ...result.settings,
    runbookUrl: result.settings.runbookUrl ?? runbookAddress(cloneAt(process.cwd())),
  };
  // The stand-in takes any keys, but the provider insists on having some.
  const standIn = settings.datadogApiUrl !== undefined && isLoopback(settings.datadogApiUrl);
  const key = (name: SecretKey, digits: number) =>
    config.getSecret(name) ?? pulumi.output(standIn ? "0".repeat(digits) : "");
  return {
    settings,
    secrets: {
      datadogApiKey: key("datadogApiKey", 32),
      datadogAppKey: key("datadogAppKey", 40),
      clusterAgentToken: config.getSecret("clusterAgentToken"),
      catalogueDbPassword: config.getSecret("catalogueDbPassword"),
    },
  };
}

/**
 * Turns a raw configuration into settings, or into all its problems.
 *
 * @param home - folder that a leading `~` stands for
 */
export function parseSettings(
  raw: RawConfig,
  home: string,
): { readonly settings: Settings } | { readonly problems: readonly Problem[] } {
  const input = Object.fromEntries(
    Object.entries(raw.plain).map(([key, text]) => [key, decoded(key, text)]),
  );
  const parsed = settingsSchema.safeParse(input);
  const problems = [
    ...(parsed.success ? [] : schemaProblems(parsed.error, input)),
    ...skippedKeys(input),
    ...secretProblems(raw.secrets, isLoopback(raw.plain["datadogApiUrl"] ?? "")),
    ...clusterProblems(raw.plain),
    ...namespaceProblems(raw.plain),
    ...portProblems(raw.plain),
    ...(parsed.success ? leaseProblems(parsed.data) : []),
    ...(parsed.success ? logNamespaceProblems(parsed.data) : []),
    ...(parsed.success ? logStorageProblems(parsed.data) : []),
  ];
  if (!parsed.success || problems.length > 0) return { problems };

  const { datadogSite, datadogApiUrl } = parsed.data;
  const settings = {
    ...parsed.data,
    cluster: clusterAccess(parsed.data, home),
    datadog: datadogEndpoints(datadogSite, datadogApiUrl),
  };
  return { settings };
}

/** The error's text: one line per problem, in the order of the keys. */
export function report(problems: readonly Problem[]): string {
  const lines = problems.map(({ key, problem }) => `${prefix}${key}: ${problem}`).sort();
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  return [`the stack's configuration has ${count}:`, ...lines].join("\n  ");
}

const groupsAndLists = [
  "faults",
  "images",
  "load",
  "logArchive",
  "logIndex",
  "nodeCidrs",
  "notify",
  "onCall",
];

/** Levels of brackets that a group or list has at most. */
const deepest = 3;

/** Groups and lists arrive as JSON text; the schema refuses text that is not, or is too deep. */
function decoded(key: string, text: string): unknown {
  if (!groupsAndLists.includes(key)) return text;
  try {
    const value = JSON.parse(text) as unknown;
    return isDeeper(value, deepest) ? text : value;
  } catch {
    return text;
  }
}

/** Looks no further down than the limit, since a text of any depth may come in. */
function isDeeper(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return limit === 0 || Object.values(value).some((member) => isDeeper(member, limit - 1));
}

function clusterProblems(plain: RawConfig["plain"]): Problem[] {
  if (plain["kubeconfig"] === undefined || plain["kubeContext"] !== undefined) return [];
  const problem =
    "expected the name of a context to go with kubeconfig, got nothing; " +
    "set it with: pulumi config set kubeContext <name>";
  return [{ key: "kubeContext", problem }];
}

/** Both namespaces are created and removed with the stack, so one cannot be the other. */
function namespaceProblems({ namespace, agentNamespace, agent }: RawConfig["plain"]): Problem[] {
  if (agent !== "helm") return [];
  if ((namespace ?? defaults.namespace) !== (agentNamespace ?? defaults.agentNamespace)) return [];
  const problem =
    "expected another namespace than the shop's; " +
    "set it with: pulumi config set agentNamespace datadog";
  return [{ key: "agentNamespace", problem }];
}

/** Two servers of the sandbox cannot listen on one port. */
function portProblems({ kubeContext, datadogApiUrl, frontEndUrl }: RawConfig["plain"]): Problem[] {
  if (kubeContext !== undefined) return [];
  const datadogPort = loopbackPort(datadogApiUrl ?? "");
  const problem = portConflict(datadogPort, shopPorts(frontEndUrl ?? defaults.frontEndUrl));
  return problem === undefined ? [] : [{ key: "frontEndUrl", problem }];
}

/** A lease that ends first would leave customers who meet no incident. */
function leaseProblems({ incidentLease, load }: z.infer<typeof settingsSchema>): Problem[] {
  if (toSeconds(incidentLease) >= toSeconds(load.runTime)) return [];
  const problem =
    `expected at least load.runTime, which is ${load.runTime}, got "${incidentLease}"; ` +
    `set it with: pulumi config set incidentLease ${load.runTime}`;
  return [{ key: "incidentLease", problem }];
}

/** Without the shop's own namespace nobody would read its logs. */
function logNamespaceProblems(settings: z.infer<typeof settingsSchema>): Problem[] {
  const { logPipeline, logNamespaces: wanted, namespace } = settings;
  if (wanted === undefined || logPipeline === "shared") return [];
  const covered = wanted.endsWith("*")
    ? namespace.startsWith(wanted.slice(0, -1))
    : namespace === wanted;
  if (covered) return [];
  const problem =
    `expected a name or beginning that takes in the stack's own namespace ${namespace}, ` +
    `got "${wanted}"; set it with: pulumi config set logNamespaces ${namespace}`;
  return [{ key: "logNamespaces", problem }];
}

/** Index and archive are of the stack whose pipeline reads the logs of all. */
function logStorageProblems(settings: z.infer<typeof settingsSchema>): Problem[] {
  if (settings.logPipeline === "own") return [];
  return (["logIndex", "logArchive"] as const)
    .filter((key) => settings[key] !== undefined)
    .map((key) => ({
      key,
      problem:
        "expected none beside logPipeline shared: the stack with logPipeline own keeps the logs; " +
        `remove it with: pulumi config rm ${key}`,
    }));
}

function clusterAccess(
  { kubeContext, kubeconfig, clusterName }: z.infer<typeof settingsSchema>,
  home: string,
): ClusterAccess {
  if (kubeContext === undefined) return { ...sandboxCluster, clusterName };
  const path = (kubeconfig ?? "~/.kube/config").replace(/^~(?=\/)/, home);
  return { kubeconfig: path, context: kubeContext, clusterName };
}

/** Splits the engine's configuration into plain values and the bare fact of each secret. */
function rawConfig(all: Readonly<Record<string, string>>): RawConfig {
  const own = Object.entries(all)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  return {
    plain: Object.fromEntries(own.filter(([key]) => !isSecretKey(key))),
    secrets: Object.fromEntries(
      own
        .filter(([key]) => isSecretKey(key))
        .map(([key, value]) => [key, value === "" ? "empty" : storage(prefix + key)]),
    ),
  };
}

function isSecretKey(key: string): key is SecretKey {
  return Object.hasOwn(secretKeys, key);
}

/** How the stack's file holds a key. The SDK knows, but in a function that has no type. */
function storage(key: string): "encrypted" | "in clear" {
  const { isConfigSecret } = pulumi.runtime as unknown as {
    isConfigSecret?: (key: string) => boolean;
  };
  return isConfigSecret === undefined || isConfigSecret(key) ? "encrypted" : "in clear";
}
