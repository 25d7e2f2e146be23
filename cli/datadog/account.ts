import { datadogEndpoints, datadogSites, defaultSite } from "../../components/datadog/site.ts";
import type { DatadogEndpoints } from "../../components/datadog/site.ts";
import { Failure } from "../context/errors.ts";
import { ask } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";

/** How a stack's Datadog is reached. The keys are never shown. */
export interface DatadogAccess {
  /** URLs that end in a slash. */
  readonly api: string;
  readonly app: string;
  readonly apiKey: string;
  readonly appKey: string;

  /** Whether the sandbox's stand-in is asked and no account. */
  readonly standIn: boolean;

  /** The cluster that the stack's monitors are tagged with; absent where it is not named. */
  readonly cluster?: string;

  /** The namespace that they are tagged with; absent where it is not named. */
  readonly namespace?: string;
}

/** @throws Failure if the stack's configuration cannot be read, or holds no keys */
export async function datadogAccess(session: Session): Promise<DatadogAccess> {
  const { datadogPort } = session.targets;
  if (datadogPort !== undefined) {
    const url = `http://127.0.0.1:${datadogPort}/`;
    return { api: url, app: url, apiKey: "stand-in", appKey: "stand-in", standIn: true };
  }
  const config = await configuration(session);
  const keys = {
    apiKey: keyOf(session, "datadogApiKey", config("datadogApiKey")),
    appKey: keyOf(session, "datadogAppKey", config("datadogAppKey")),
  };
  const [cluster, namespace] = [config("clusterName"), config("namespace")];
  return {
    ...endpointsOf(session, config),
    ...keys,
    standIn: false,
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && { namespace }),
  };
}

/** A key as a header can carry it; a line that was pasted with it would show it in an error. */
function keyOf(
  { targets: { stack, file } }: Session,
  name: string,
  value: string | undefined,
): string {
  const trimmed = value?.trim() ?? "";
  const remedy = `set it with: pulumi config set --secret ${name} --stack ${stack}`;
  if (trimmed === "") throw new Failure(`${file} holds no sock-shop:${name}; ${remedy}`);
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new Failure(
    `${file}: sock-shop:${name} holds a blank, a line break or a letter that no key has; ${remedy}`,
  );
}

function endpointsOf({ targets: { file } }: Session, config: Lookup): DatadogEndpoints {
  const given = config("datadogSite") ?? defaultSite;
  const site = datadogSites.find((known) => known === given);
  const url = config("datadogApiUrl");
  if (site === undefined) {
    const known = datadogSites.join(", ");
    throw new Failure(`${file}: sock-shop:datadogSite is "${given}"; choose ${known}`);
  }
  if (url !== undefined && !URL.canParse(url)) {
    throw new Failure(`${file}: sock-shop:datadogApiUrl must be a URL, got "${url}"`);
  }
  return datadogEndpoints(site, url);
}

type Lookup = (key: string) => string | undefined;

/** The configuration with its secrets decrypted; never printed. */
async function configuration(session: Session): Promise<Lookup> {
  const { stack, file } = session.targets;
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
