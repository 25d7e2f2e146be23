import { type Exchange, exchanges } from "./exchanges.ts";
import { idOf, type Reply, type StandIn } from "./stand-in.ts";

interface Played {
  exchange: Exchange;
  got: Reply;
  wanted: unknown;
}

/** Plays the exchanges, or some; `<slo>` and the like become the ids that creation gave. */
export async function runLifecycle(
  on: StandIn,
  isPlayed: (request: string) => boolean = () => true,
): Promise<Played[]> {
  const created: Record<string, string> = {};
  const named = (text: string) =>
    text.replaceAll(/<(\w+)>/g, (whole, name: string) => created[name] ?? whole);
  const answered: Played[] = [];
  for (const exchange of exchanges.filter(({ request }) => isPlayed(request))) {
    const { request, body, reply } = exchange;
    const got = await on.send(named(request), body && named(JSON.stringify(body)));
    const kind = /^POST \/api\/v[12]\/(?:logs\/config\/)?(\w+)$/.exec(request)?.[1];
    if (kind !== undefined) {
      created[kind] = idOf(got);
    }
    const wanted: unknown = reply && JSON.parse(named(JSON.stringify(reply)));
    answered.push({ exchange, got, wanted });
  }
  return answered;
}
