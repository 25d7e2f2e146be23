import { reveal, UNKNOWN, type PropertyMap } from "../grpc/property-value.ts";
import type { CheckFailure } from "../grpc/provider.ts";

const DEFAULT_API = "https://api.datadoghq.com/";

/** How the API is reached. */
export interface ProviderSettings {
  /** Scheme, host and port only. */
  readonly apiUrl: string;
  readonly apiKey: string | undefined;
  readonly appKey: string | undefined;

  /** Whether the keys are tried out first. */
  readonly validate: boolean;
  readonly retry: RetrySettings;
}

/** When a request that met 429 or 5xx is repeated. */
export interface RetrySettings {
  readonly enabled: boolean;
  readonly maxRetries: number;

  /** Seconds of all attempts together. */
  readonly timeout: number;

  /** Seconds before the first repetition. */
  readonly backoffBase: number;

  /** By what each further wait is longer. */
  readonly backoffMultiplier: number;
}

const KNOWN: ReadonlySet<string> = new Set([
  "apiKey",
  "appKey",
  "apiUrl",
  "validate",
  "httpClientRetryEnabled",
  "httpClientRetryTimeout",
  "httpClientRetryBackoffBase",
  "httpClientRetryBackoffMultiplier",
  "httpClientRetryMaxRetries",
  "version",
  "pluginDownloadURL",
  "__internal",
]);

/** The environment variables that stand in for missing settings, most specific first. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  apiKey: ["DD_API_KEY", "DATADOG_API_KEY"],
  appKey: ["DD_APP_KEY", "DATADOG_APP_KEY"],
  apiUrl: ["DD_HOST", "DATADOG_HOST"],
};

/** All problems of a provider's configuration; values not known yet are passed over. */
export function settingsProblems(inputs: PropertyMap): CheckFailure[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    if (value === undefined || value === UNKNOWN) return [];
    const plain = reveal(value);
    const reason = problem(property, typeof plain === "string" ? plain : JSON.stringify(plain));
    return reason === undefined ? [] : [{ property, reason }];
  });
}

/** The settings of a configuration without problems. */
export function providerSettings(
  inputs: PropertyMap,
  environment: NodeJS.ProcessEnv,
): ProviderSettings {
  const setting = (name: string): string | undefined => {
    const value = reveal(inputs[name] ?? null);
    if (typeof value === "string") return value;
    if (value !== null) return JSON.stringify(value);
    const variable = VARIABLES[name]?.find((candidate) => environment[candidate]);
    return variable === undefined ? undefined : environment[variable];
  };
  return {
    apiUrl: new URL(setting("apiUrl") ?? DEFAULT_API).origin,
    apiKey: setting("apiKey"),
    appKey: setting("appKey"),
    validate: setting("validate") !== "false",
    retry: {
      enabled: setting("httpClientRetryEnabled") !== "false",
      maxRetries: Number(setting("httpClientRetryMaxRetries") ?? 3),
      timeout: Number(setting("httpClientRetryTimeout") ?? 60),
      backoffBase: Number(setting("httpClientRetryBackoffBase") ?? 2),
      backoffMultiplier: Number(setting("httpClientRetryBackoffMultiplier") ?? 2),
    },
  };
}

function problem(name: string, value: string): string | undefined {
  if (!KNOWN.has(name)) {
    return "is not known to the stand-in for the datadog plugin: remove it, or use the official one";
  }
  if (name === "apiUrl") {
    return isHttpUrl(value) ? undefined : `must be an http or https URL, got ${value}`;
  }
  if (name === "validate" || name === "httpClientRetryEnabled") {
    return ["true", "false"].includes(value) ? undefined : `must be true or false, got ${value}`;
  }
  if (!name.startsWith("httpClientRetry")) return undefined;
  const isAmount = Number.isInteger(Number(value)) && Number(value) >= 1;
  return isAmount ? undefined : `must be a whole number, 1 or more, got ${value}`;
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && ["http:", "https:"].includes(new URL(value).protocol);
}
