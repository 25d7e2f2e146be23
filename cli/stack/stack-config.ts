import { parse } from "yaml";
import { defaults, loopbackPort, shopPorts } from "../../settings/defaults.ts";
import type { ShopPorts } from "../../settings/defaults.ts";
import { schemaProblems } from "../../settings/problems.ts";
import type { Problem } from "../../settings/problems.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { Failure } from "../context/errors.ts";

/**
 * Where a stack's cluster and Datadog API are, as far as its configuration file says. Only
 * addresses and names are read here; whether the rest is right is for settings/settings.ts to judge.
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
  readonly shop?: ShopPorts;

  /** The flag as it stands in the file. */
  readonly incident: string;

  /** Zone of the Java services' log lines. */
  readonly logTimeZone: string;
}

/** True when the whole stack lives in the sandbox, so that no secret in its state is worth one. */
export function isSandboxed(targets: StackTargets): boolean {
  return targets.kubeContext === undefined && targets.datadogPort !== undefined;
}

/** The keys that are read here; the program judges them by the same schema. */
const targetKeys = settingsSchema.pick({
  kubeContext: true,
  kubeconfig: true,
  clusterName: true,
  datadogApiUrl: true,
  frontEndUrl: true,
  logTimeZone: true,
});

/**
 * Reads a stack's configuration file.
 *
 * @param text content of the file
 * @throws Failure if it is not YAML with a `config` mapping, or an address in it is not allowed
 */
export function stackTargets(stack: string, text: string): StackTargets {
  const file = stackFile(stack);
  const config = configOf(text, file);
  const input = Object.fromEntries(
    Object.keys(targetKeys.shape).flatMap((key) => {
      const value = textAt(config, key, file);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const parsed = targetKeys.safeParse(input);
  if (!parsed.success) throw refusal(file, schemaProblems(parsed.error, input));
  const { kubeContext, kubeconfig, datadogApiUrl, frontEndUrl, ...names } = parsed.data;
  const datadogPort = datadogApiUrl === undefined ? undefined : loopbackPort(datadogApiUrl);
  return {
    ...names,
    stack,
    file,
    ...(kubeContext !== undefined && { kubeContext }),
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(datadogPort !== undefined && { datadogPort }),
    ...(kubeContext === undefined && { shop: shopPorts(frontEndUrl) }),
    // whatever the flag says now, entering and leaving an incident replace it
    incident: textAt(config, "incident", file) ?? defaults.incident,
  };
}

function refusal(file: string, problems: readonly Problem[]): Failure {
  return new Failure(
    problems.map(({ key, problem }) => `${file}: sock-shop:${key}: ${problem}`).join("\n"),
  );
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
  throw new Failure(`${file}: "config" must be a mapping of keys to values; fix the file`);
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new Failure(`${file} is not YAML: ${reason ?? ""} fix the file`, { cause });
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as the engine hands it to the program: numbers, truth values and lists as text. */
function textAt(
  config: Readonly<Record<string, unknown>>,
  name: string,
  file: string,
): string | undefined {
  const key = `sock-shop:${name}`;
  const value = config[key];
  if (value === undefined || typeof value === "string") return value;
  if (value === null) return "";
  if (!isMapping(value) || !("secure" in value)) return JSON.stringify(value);
  throw new Failure(
    `${file}: ${key} is encrypted, and lab reads it without a passphrase; ` +
      `set it with: pulumi config set --plaintext ${name} <value>`,
  );
}
