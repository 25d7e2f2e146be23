import { datadogEndpoints, datadogSites, usualSite } from "../components/datadog-site.ts";
import { Failure } from "./failure.ts";
import { ask } from "./session.ts";
import type { Session } from "./session.ts";

/** How a stack's Datadog is reached. The keys are never shown. */
export interface DatadogAccess {
  /** URLs that end in a slash. */
  readonly api: string;
  readonly app: string;
  readonly apiKey: string;
  readonly appKey: string;

  /** The cluster that the stack's monitors are tagged with; absent where it is not named. */
  readonly cluster?: string;
}

/** @throws Failure if the stack's configuration cannot be read, or holds no keys */
export async function datadogAccess(session: Session): Promise<DatadogAccess> {
  const { datadogPort } = session.site;
  if (datadogPort !== undefined) {
    const url = `http://127.0.0.1:${datadogPort}/`;
    return { api: url, app: url, apiKey: "stand-in", appKey: "stand-in" };
  }
  const config = await configuration(session);
  const site = datadogSites.find((known) => known === config("datadogSite"));
  const [apiKey, appKey] = [config("datadogApiKey"), config("datadogAppKey")];
  if (apiKey === undefined || appKey === undefined) {
    const missing = apiKey === undefined ? "datadogApiKey" : "datadogAppKey";
    throw new Failure(
      `${session.site.file} holds no sock-shop:${missing}; ` +
        `set it with: pulumi config set --secret ${missing} --stack ${session.site.stack}`,
    );
  }
  const endpoints = datadogEndpoints(site ?? usualSite, config("datadogApiUrl"));
  const cluster = config("clusterName");
  return { ...endpoints, apiKey, appKey, ...(cluster !== undefined && { cluster }) };
}

/** The configuration with its secrets in clear, for nobody but us. */
async function configuration(session: Session): Promise<(key: string) => string | undefined> {
  const { stack, file } = session.site;
  const args = ["config", "--stack", stack, "--show-secrets", "--json"];
  const { code, stdout, stderr } = await ask(session, "pulumi", args);
  if (code !== 0) {
    const [reason = ""] = stderr
      .trim()
      .replace(/^error: /, "")
      .split("\n");
    throw new Failure(`${file} cannot be read: ${reason}`);
  }
  const values = JSON.parse(stdout) as Readonly<Record<string, { readonly value?: string }>>;
  return (key) => values[`sock-shop:${key}`]?.value;
}
