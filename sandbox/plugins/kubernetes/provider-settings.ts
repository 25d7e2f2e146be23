import { reveal, UNKNOWN, type PropertyMap, type PropertyValue } from "../grpc/property-value.ts";
import type { CheckFailure } from "../grpc/provider.ts";

/** How the provider was configured. */
export interface ProviderSettings {
  /** Path or content of a kubeconfig; absent: KUBECONFIG, else `~/.kube/config`. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;

  /** For namespaced objects that name none. */
  readonly namespace: string | undefined;
  readonly patchForce: boolean;

  /** Whether a create takes over an object that exists already. */
  readonly upsert: boolean;
  readonly mutableConfigMaps: boolean;
  readonly mutableSecrets: boolean;

  /** Whether a refresh or destroy drops objects of a cluster that cannot be reached. */
  readonly deleteUnreachable: boolean;

  /** Whether objects of a cluster that cannot be reached are left as they are. */
  readonly skipUnreachable: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const FLAGS = {
  deleteUnreachable: "PULUMI_K8S_DELETE_UNREACHABLE",
  skipUpdateUnreachable: "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE",
  enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
  upsertExistingObjects: "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
  enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
  enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
} as const;

/** Accepted because what they switch does not exist here, or holds always. */
const WITHOUT_EFFECT = [
  ..."clusterIdentifier helmReleaseSettings kubeClientSettings rejectUnknownResources".split(" "),
  ..."strictMode suppressDeprecationWarnings suppressHelmHookWarnings version".split(" "),
];

const TEXTS = ["kubeconfig", "context", "cluster", "namespace"] as const;
const REFUSED = ["alwaysRender", "enableServerSideApply", "renderYamlToDirectory"];
const KNOWN = new Set([...TEXTS, ...Object.keys(FLAGS), ...WITHOUT_EFFECT, ...REFUSED]);

/**
 * The arguments, with what the stack's `kubernetes:` config says about strict mode: the SDK has no
 * such argument, so config is the only way to it. The engine passes config in PULUMI_CONFIG.
 */
export function withStackConfig(inputs: PropertyMap, env: Environment): PropertyMap {
  if (inputs["strictMode"] !== undefined) return inputs;
  const strictMode = strictModeOf(env["PULUMI_CONFIG"] ?? "{}");
  return strictMode === undefined ? inputs : { ...inputs, strictMode };
}

function strictModeOf(config: string): string | undefined {
  const parsed: unknown = JSON.parse(config);
  const { strictMode } = parsed as { strictMode?: unknown };
  return typeof strictMode === "string" ? strictMode : undefined;
}

/** What is wrong with the provider's arguments, one entry for each. */
export function settingsProblems(inputs: PropertyMap): readonly CheckFailure[] {
  return [
    ...unknownSettings(inputs),
    ...unsupportedSettings(inputs),
    ...flagProblems(inputs),
    ...strictModeProblems(inputs),
  ];
}

/** Reads checked arguments; the official plugin's environment variables fill in for flags. */
export function readSettings(inputs: PropertyMap, env: Environment): ProviderSettings {
  const flag = (name: keyof typeof FLAGS) =>
    isTrue(inputs[name]) || (inputs[name] === undefined && env[FLAGS[name]] === "true");
  return {
    kubeconfig: textOf(inputs["kubeconfig"]),
    context: textOf(inputs["context"]),
    cluster: textOf(inputs["cluster"]),
    namespace: textOf(inputs["namespace"]),
    patchForce: flag("enablePatchForce"),
    upsert: flag("upsertExistingObjects"),
    mutableConfigMaps: flag("enableConfigMapMutable"),
    mutableSecrets: flag("enableSecretMutable"),
    deleteUnreachable: flag("deleteUnreachable"),
    skipUnreachable: flag("skipUpdateUnreachable"),
  };
}

function unknownSettings(inputs: PropertyMap): CheckFailure[] {
  return Object.keys(inputs)
    .filter((name) => !name.startsWith("__") && name !== "pluginDownloadURL" && !KNOWN.has(name))
    .map((name) => ({
      property: name,
      reason: `the stand-in kubernetes plugin knows no provider argument "${name}"`,
    }));
}

function unsupportedSettings(inputs: PropertyMap): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const refuse = (property: string, reason: string) => failures.push({ property, reason });
  if (inputs["enableServerSideApply"] !== undefined && !isTrue(inputs["enableServerSideApply"])) {
    refuse("enableServerSideApply", "the stand-in always applies on the server: leave it out");
  }
  if (textOf(inputs["renderYamlToDirectory"]) !== undefined) {
    refuse("renderYamlToDirectory", "the stand-in does not render YAML: use the official plugin");
  }
  if (isTrue(inputs["alwaysRender"])) {
    refuse("alwaysRender", "the stand-in does not render YAML: use the official plugin");
  }
  return failures;
}

function flagProblems(inputs: PropertyMap): CheckFailure[] {
  const allowed = new Set<unknown>(["true", "false", true, false, undefined, UNKNOWN]);
  return Object.keys(FLAGS)
    .filter((name) => !allowed.has(plain(inputs[name])))
    .map((name) => ({ property: name, reason: "must be true or false" }));
}

/** Whether kubeconfig and context must be given, so that no ambient cluster can be hit. */
export function isStrict(inputs: PropertyMap): boolean {
  return isTrue(inputs["strictMode"]);
}

function strictModeProblems(inputs: PropertyMap): CheckFailure[] {
  if (!isStrict(inputs)) return [];
  return ["kubeconfig", "context"]
    .filter((name) => inputs[name] !== UNKNOWN && textOf(inputs[name]) === undefined)
    .map((name) => ({
      property: name,
      reason: `strict mode requires the provider argument "${name}"`,
    }));
}

/** The engine sends everything but text as JSON. */
function isTrue(value: PropertyValue | undefined): boolean {
  const it = plain(value);
  return it === true || it === "true";
}

function textOf(value: PropertyValue | undefined): string | undefined {
  const it = plain(value);
  if (typeof it === "string") return it === "" ? undefined : it;
  return typeof it === "object" ? JSON.stringify(it) : undefined;
}

function plain(value: PropertyValue | undefined) {
  const it = value === undefined ? undefined : reveal(value);
  return it === null ? undefined : (it as string | boolean | object | typeof UNKNOWN | undefined);
}
