import { createHash } from "node:crypto";
import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";

/** A host as telemetry names it. */
interface Host {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly reported: number;
  readonly tags: readonly string[];
}

/** Hosts are looked for in what came in the last hours; one that is silent so long is down. */
const defaultMs = 3 * 3_600_000;
const silentMs = 5 * 60_000;

/** `GET /api/v1/hosts`: the hosts that checks, metrics or logs name. */
export function listHosts({ telemetry }: LogService, call: Call): Answer {
  const { query, now } = call;
  const filter = query["filter"]?.replace(/^host:/, "") ?? "";
  const start = wholeParameter(call, "start") ?? 0;
  const count = wholeParameter(call, "count") ?? 100;
  if (count > 1000) throw new Refusal(400, `count is ${count}: must be at most 1000`);
  const sign = query["sort_dir"] === "desc" ? -1 : 1;
  const found = hostsOf(telemetry, call)
    .filter(({ name, tags }) => [name, ...tags].some((text) => text.includes(filter)))
    .toSorted((a, b) => sign * a.name.localeCompare(b.name));
  const shown = found.slice(start, start + count).map((host) => shownHost(host, now));
  return {
    body: {
      host_list: shown,
      total_matching: found.length,
      total_returned: shown.length,
      exact_total_matching: true,
    },
  };
}

/** `GET /api/v1/hosts/totals` */
export function hostTotals({ telemetry }: LogService, call: Call): Answer {
  const hosts = hostsOf(telemetry, call);
  const up = hosts.filter((host) => isUp(host, call.now));
  return { body: { total_active: hosts.length, total_up: up.length } };
}

/** `GET /api/v1/tags/hosts`: hosts by their tags. */
export function listHostTags({ telemetry }: LogService, call: Call): Answer {
  refuseSource(call);
  const tags = new Map<string, string[]>();
  for (const host of hostsOf(telemetry, call)) {
    for (const tag of host.tags) tags.set(tag, [...(tags.get(tag) ?? []), host.name]);
  }
  return { body: { tags: Object.fromEntries(tags) } };
}

/** `GET /api/v1/tags/hosts/{host}` */
export function getHostTags({ telemetry }: LogService, call: Call): Answer {
  refuseSource(call);
  const name = call.params["host"] ?? "";
  const host = hostsOf(telemetry, call).find((one) => one.name === name);
  if (host === undefined) throw new Refusal(404, `Host name "${name}" not found`);
  return { body: { host: name, tags: host.tags } };
}

function refuseSource({ query }: Call): void {
  const { source } = query;
  if (source !== undefined && source !== "datadog" && source !== "all") {
    throw new Refusal(400, `source ${JSON.stringify(source)}: the stand-in knows datadog and all`);
  }
}

function hostsOf({ checks, logs, metrics }: LogService["telemetry"], call: Call): readonly Host[] {
  const from = wholeParameter(call, "from");
  const since = from === undefined ? call.now.getTime() - defaultMs : from * 1000;
  const found = new Map<string, { reported: number; tags: Set<string> }>();
  const note = (name: string, at: number, tags: readonly string[]): void => {
    const host = found.get(name) ?? { reported: 0, tags: new Set<string>() };
    found.set(name, host);
    host.reported = Math.max(host.reported, at);
    for (const tag of tags) host.tags.add(tag);
  };
  for (const { tags, at } of checks.latest(since)) {
    const name = hostIn(tags);
    if (name !== undefined) note(name, at, ofHost(tags));
  }
  for (const { host, at } of logs.hosts(since)) {
    if (host !== "") note(host, at, []);
  }
  for (const tags of metrics.tagSets(since)) {
    const name = hostIn(tags);
    if (name !== undefined) note(name, since, ofHost(tags));
  }
  return [...found].map(([name, { reported, tags }]) => ({ name, reported, tags: [...tags] }));
}

function hostIn(tags: readonly string[]): string | undefined {
  return tags.find((tag) => tag.startsWith("host:"))?.slice("host:".length);
}

/** Tags that say where a host is; those of what runs on it are not its own. */
function ofHost(tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => /^(?:kube_cluster_name|env|cluster_name|team):/.test(tag));
}

function isUp({ reported }: Host, now: Date): boolean {
  return now.getTime() - reported < silentMs;
}

function shownHost(host: Host, now: Date): unknown {
  const { name, reported, tags } = host;
  return {
    ...{ name, host_name: name, aliases: [name], apps: ["agent"], sources: ["agent"] },
    id: idOf(name),
    up: isUp(host, now),
    is_muted: false,
    mute_timeout: null,
    last_reported_time: Math.floor(reported / 1000),
    meta: {},
    metrics: {},
    tags_by_source: { Datadog: [`host:${name}`, ...tags] },
  };
}

/** The same number for the same name. */
function idOf(name: string): number {
  return createHash("sha256").update(name).digest().readUInt32BE(0);
}
