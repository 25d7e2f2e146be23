/** Datadog's sites: the host that people open in a browser. */
const appHosts = {
  "datadoghq.com": "app.datadoghq.com",
  "us3.datadoghq.com": "us3.datadoghq.com",
  "us5.datadoghq.com": "us5.datadoghq.com",
  "ap1.datadoghq.com": "ap1.datadoghq.com",
  "ap2.datadoghq.com": "ap2.datadoghq.com",
  "datadoghq.eu": "app.datadoghq.eu",
  "ddog-gov.com": "app.ddog-gov.com",
} as const;

export type DatadogSite = keyof typeof appHosts;

/** All sites an account can live on. */
export const datadogSites = Object.keys(appHosts) as DatadogSite[];

/** The site of an account that names none. */
export const defaultSite: DatadogSite = "us5.datadoghq.com";

/** Where one account is reached: URLs that end in a slash. */
export interface DatadogEndpoints {
  readonly api: string;
  readonly app: string;
}

/** The endpoints of a site, or of a server that stands in for it. */
export function datadogEndpoints(site: DatadogSite, apiUrl?: string): DatadogEndpoints {
  if (apiUrl !== undefined) {
    const base = `${new URL(apiUrl).origin}/`;
    return { api: base, app: base };
  }
  return { api: `https://api.${site}/`, app: `https://${appHosts[site]}/` };
}
