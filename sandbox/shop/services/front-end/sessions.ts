import { signed, unsigned } from "../../express/cookies.ts";
import type { SessionStore } from "../../stores/session-db.ts";
import { createSessionStore } from "../../stores/session-db.ts";
import type { ServiceDeps } from "../service.ts";
import type { OpenSession } from "./visit.ts";

/** The real front-end's compiled-in secret. */
const SECRET = "sooper secret";
const COOKIE = "md.sid";

interface SessionResult {
  readonly session: OpenSession | undefined;
  /** Set-Cookie header for a new session. */
  readonly setCookie: string | undefined;
}

/** What express-session does with the cookies of a request. */
export type OpenSessionOf = (cookies: ReadonlyMap<string, string>) => SessionResult;

/** @param redis whether sessions live in session-db; else in this process */
export function sessionOpener(deps: ServiceDeps, redis: boolean): OpenSessionOf {
  const local = createSessionStore();
  const storeOf = (): SessionStore | undefined => {
    if (!redis) return local;
    try {
      return deps.connect("session-db");
    } catch {
      return undefined;
    }
  };

  return (cookies) => {
    const store = storeOf();
    if (store === undefined) return { session: undefined, setCookie: undefined };
    const known = unsigned(cookies.get(COOKIE) ?? "", SECRET);
    const data = known === undefined ? undefined : store.get(known);
    if (known !== undefined && data !== undefined) {
      return { session: openSession(store, known, data), setCookie: undefined };
    }
    const id = Buffer.from(deps.random(24)).toString("base64url");
    store.set(id, {});
    const value = encodeURIComponent(signed(id, SECRET));
    return {
      session: openSession(store, id, {}),
      setCookie: `${COOKIE}=${value}; Path=/; HttpOnly`,
    };
  };
}

function openSession(store: SessionStore, id: string, data: OpenSession["data"]): OpenSession {
  return {
    id,
    data,
    update: (changed) => {
      store.set(id, changed);
    },
  };
}
