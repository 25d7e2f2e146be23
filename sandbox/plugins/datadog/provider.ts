import { PluginError } from "../grpc/plugin-error.ts";
import {
  containsSecrets,
  containsUnknowns,
  isPropertyList,
  isPropertyMap,
  mapValues,
  revealMap,
  Secret,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../grpc/property-value.ts";
import type { DiffRequest, Provider } from "../grpc/provider.ts";
import { diffValues } from "../grpc/property-diff.ts";
import { apiClient, type Api } from "./api/api.ts";
import { checkInputs } from "./inputs/check-inputs.ts";
import { compareInputs } from "./inputs/compare-inputs.ts";
import type { JsonMap } from "./api/json.ts";
import { providerSettings, settingsProblems, type ProviderSettings } from "./provider-settings.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import type { LiveResource } from "./resource-type.ts";
import { resourceType } from "./resource-types.ts";
import { DEFAULTS } from "./inputs/shape.ts";

/** A provider of the Datadog resources that a stack of this project declares. */
export function datadogProvider(version: string, environment: NodeJS.ProcessEnv): Provider {
  let configured: Api | undefined;
  const api = (): Api => {
    if (configured === undefined) throw new PluginError("the datadog provider is not configured");
    return configured;
  };
  return {
    version,

    checkConfig: ({ newInputs }) =>
      Promise.resolve({ inputs: newInputs, failures: settingsProblems(newInputs) }),

    diffConfig: ({ oldInputs, newInputs }) =>
      Promise.resolve({ changes: diffValues(oldInputs, newInputs) }),

    async configure(inputs, { signal }) {
      const settings = providerSettings(inputs, environment);
      const client = apiClient(settings, signal);
      if (settings.validate) await checkKeys(settings, client);
      configured = client;
    },

    ...resourceCalls(api),
  };
}

type ResourceCalls = Pick<Provider, "check" | "diff" | "create" | "read" | "update" | "delete">;

function resourceCalls(api: () => Api): ResourceCalls {
  return {
    // A thrown refusal of the type must reject, hence async.
    check: async ({ type, newInputs }) =>
      Promise.resolve(checkInputs(resourceType(type).shape, newInputs)),

    async diff(request) {
      const changes = changesOf(request);
      const replaced = changes.some((change) => change.replace);
      const id = replaced ? undefined : request.id;
      if (changes.length > 0) await validate(api(), request.type, request.newInputs, id);
      return { changes };
    },

    async create({ type, inputs, preview }) {
      await validate(api(), type, inputs);
      const { computed, create } = resourceType(type);
      if (preview) return { id: "", outputs: plannedOutputs(inputs, computed) };
      const live = await create(api(), plain(inputs));
      return { id: live.id, outputs: withOwnSecrets(type, withSecretsOf(inputs, live)) };
    },

    async read({ type, id, oldInputs, oldOutputs }) {
      const { shape, read } = resourceType(type);
      const live = await read(api(), id);
      if (live === undefined) return undefined;
      const known = withSecretsOf({ ...oldOutputs, ...oldInputs }, live);
      const outputs = withOwnSecrets(type, known, oldOutputs);
      return { id: live.id, inputs: readInputs(shape, outputs, oldInputs), outputs };
    },

    async update({ type, id, newInputs, oldOutputs, preview }) {
      if (preview) return { outputs: { ...oldOutputs, ...plannedOutputs(newInputs, []) } };
      const live = await resourceType(type).update(api(), id, plain(newInputs));
      return { outputs: withOwnSecrets(type, withSecretsOf(newInputs, live), oldOutputs) };
    },

    async delete({ type, id, oldInputs }) {
      await resourceType(type).remove(api(), id, plain(oldInputs));
    },
  };
}

/** The inputs as the API may see them; only called when nothing in them is unknown. */
function plain(inputs: PropertyMap): JsonMap {
  return revealMap(inputs) as JsonMap;
}

/** A wrong key fails the whole update at once, not each resource by itself. */
async function checkKeys({ apiUrl, apiKey, appKey }: ProviderSettings, api: Api): Promise<void> {
  if (!apiKey || !appKey) {
    throw new PluginError(
      'datadog: apiKey and appKey are required unless the provider sets validate to "false"',
    );
  }
  const answer = await api({ method: "GET", path: "/api/v1/validate" });
  if (answer["valid"] !== true) {
    throw new PluginError(`datadog: the API at ${apiUrl} does not know the apiKey`);
  }
}

function changesOf({ type, oldInputs, newInputs }: DiffRequest) {
  return compareInputs(resourceType(type).shape, oldInputs, newInputs);
}

/** Lets the API judge the inputs, as far as they are known. */
async function validate(api: Api, type: string, inputs: PropertyMap, id?: string): Promise<void> {
  if (containsUnknowns(inputs)) return;
  await resourceType(type).validate?.(api, plain(inputs), id);
}

function plannedOutputs(inputs: PropertyMap, computed: readonly string[]): PropertyMap {
  const unknown: PropertyMap = Object.fromEntries(computed.map((name) => [name, UNKNOWN]));
  return { ...unknown, ...withoutDefaults(inputs) };
}

/** State holds the names of defaults in inputs only. */
function withoutDefaults(inputs: PropertyMap): PropertyMap {
  const strip = (value: PropertyValue): PropertyValue => {
    if (isPropertyList(value)) return value.map(strip);
    return isPropertyMap(value) ? withoutDefaults(value) : value;
  };
  return mapValues({ ...inputs, [DEFAULTS]: undefined }, strip);
}

/** What went in as a secret stays one in state, though the API answers it in the clear. */
function withSecretsOf(inputs: PropertyMap, live: LiveResource): PropertyMap {
  // By way of unknown: typescript-eslint 8.73 compares two recursive types without end.
  const outputs = live.outputs as unknown as PropertyMap;
  const secrets = Object.entries(outputs).flatMap(([name, value]) =>
    value !== undefined && containsSecrets(inputs[name])
      ? [[name, new Secret(value)] as const]
      : [],
  );
  return { ...outputs, ...Object.fromEntries(secrets) };
}

/** What the API answers as a secret, and only once, stays in state as it came. */
function withOwnSecrets(type: string, outputs: PropertyMap, before: PropertyMap = {}): PropertyMap {
  const { secrets = [] } = resourceType(type);
  const own = secrets.flatMap((name) => {
    const value = outputs[name] ?? before[name];
    if (value === undefined) return [];
    return [[name, value instanceof Secret ? value : new Secret(value)] as const];
  });
  return { ...outputs, ...Object.fromEntries(own) };
}
