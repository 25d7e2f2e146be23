import { routes } from "../../sandbox/datadog/endpoints.ts";
import { isObject } from "../../sandbox/datadog/logs/log-event.ts";
import type { Reply, StandIn } from "../sandbox/datadog/stand-in.ts";
import { type Comparison, compareAnswers, withOurIds } from "./answer-comparison.ts";
import type { Cassette, RecordedRequest } from "./api-recordings.ts";

/**
 * `agrees`: both took it or both refused it. `too strict`: Datadog took it and the stand-in refuses;
 * `too kind`: the other way round. The others are not served: `unknown` paths and parameters by
 * design, `no state` for want of an object that the recording does not make.
 */
type Verdict = "agrees" | "too strict" | "too kind" | "unknown" | "no state";

export interface Exchange {
  readonly family: string;
  readonly cassette: string;
  readonly request: string;
  readonly verdict: Verdict;
  /** Of the answers, where both took the request. */
  readonly comparison: Comparison;
  /** What the two answered where one refused. */
  readonly answers?: string;
}

const known: readonly { method: string; path: RegExp }[] = routes.map(({ method, path }) => ({
  method,
  path: new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`),
}));

/** Replays the requests of a cassette on an empty stand-in. */
export async function replayCassette(cassette: Cassette, on: StandIn): Promise<Exchange[]> {
  await on.app.inject({ method: "POST", url: "/sandbox/reset" });
  const replay = { ids: new Map<string, string>(), gone: new Set<string>() };
  const exchanges: Exchange[] = [];
  for (const recorded of cassette.requests) {
    const facts = {
      family: cassette.family,
      cassette: cassette.name,
      request: `${recorded.method} ${recorded.path}`,
    };
    exchanges.push({ ...facts, ...(await exchanged(recorded, replay, on)) });
  }
  return exchanges;
}

interface Replay {
  /** Ours, by those of the recording. */
  readonly ids: Map<string, string>;
  /** What the recording deleted. */
  readonly gone: Set<string>;
}

type Result = Pick<Exchange, "verdict" | "comparison" | "answers">;

const notCompared: Comparison = { compared: 0, differences: [] };

async function exchanged(
  recorded: RecordedRequest,
  { ids, gone }: Replay,
  on: StandIn,
): Promise<Result> {
  const { method, path } = recorded;
  const [bare = ""] = path.split("?");
  const route = known.find((one) => one.method === method && one.path.test(bare));
  if (route === undefined) return { verdict: "unknown", comparison: notCompared };
  const param = route.path.exec(bare)?.[1];
  if (isForeign(param, recorded, { ids, gone })) {
    return { verdict: "no state", comparison: notCompared };
  }
  const body = withOurIdsIn(recorded.body, ids);
  const reply = await on.send(`${method} ${withOurIds(path, ids)}`, body);
  if (method.startsWith("P") && isTaken(recorded) && isTaken(reply)) {
    learn(recorded.answer, reply.body, ids);
  }
  if (method === "DELETE" && param !== undefined) gone.add(param);
  return judged(recorded, reply, ids);
}

function isTaken({ status }: { readonly status: number }): boolean {
  return status < 400;
}

/** An object that neither the recording nor we have made, so that nothing can be asked of it. */
function isForeign(
  param: string | undefined,
  recorded: RecordedRequest,
  { ids, gone }: Replay,
): boolean {
  if (param === undefined || /^(?:validate|search)$/.test(param)) return false;
  return !ids.has(param) && !gone.has(param) && isTaken(recorded);
}

function judged(recorded: RecordedRequest, reply: Reply, ids: Map<string, string>): Result {
  const [theirs, ours] = [isTaken(recorded), isTaken(reply)];
  const isElsewhere = reply.status === 404 && !theirs && recorded.status !== 404;
  if (isElsewhere) return { verdict: "no state", comparison: notCompared };
  if (reply.status === 501) return { verdict: "unknown", comparison: notCompared };
  if (theirs !== ours) {
    const [there, here] = [recorded.answer, reply.body].map((one) => JSON.stringify(one));
    const answers = `${recorded.status} ${there} there, ${reply.status} ${here} here`;
    return { verdict: theirs ? "too strict" : "too kind", comparison: notCompared, answers };
  }
  if (!ours) return { verdict: "agrees", comparison: notCompared };
  const request = `${recorded.method} ${recorded.path}`;
  const { compared, differences } = compareAnswers(recorded.answer, reply.body, ids, request);
  const status =
    recorded.status === reply.status ? [] : [`status: ${recorded.status}, ${reply.status} here`];
  const comparison = { compared: compared + 1, differences: [...status, ...differences] };
  return { verdict: "agrees", comparison };
}

/** Pairs the id of what was made there with that of what is made here. */
function learn(there: unknown, here: unknown, ids: Map<string, string>): void {
  const [one, other] = [idIn(there), idIn(here)];
  if (one !== undefined && other !== undefined) ids.set(one, other);
}

function idIn(answer: unknown): string | undefined {
  const data = isObject(answer) ? (answer["data"] ?? answer) : answer;
  const first: unknown = Array.isArray(data) ? data[0] : data;
  const id = isObject(first) ? first["id"] : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

function withOurIdsIn(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return withOurIds(value, ids);
  if (typeof value === "number") {
    const other = value > 10_000 ? ids.get(String(value)) : undefined;
    return other !== undefined && /^\d+$/.test(other) ? Number(other) : value;
  }
  if (Array.isArray(value)) return value.map((item) => withOurIdsIn(item, ids));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withOurIdsIn(inner, ids)]),
  );
}
