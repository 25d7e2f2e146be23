/** What the front-end keeps per browser in Redis. */
export interface Session {
  readonly customerId?: string;
}

/** Stand-in of Redis, as far as express-session uses it. Empty at start: the data is in RAM. */
export interface SessionStore {
  get(sessionId: string): Session | undefined;
  set(sessionId: string, session: Session): void;
}

/** Sessions kept: real ones expire, these are dropped oldest first. */
const KEPT_SESSIONS = 20_000;

export function createSessionStore(): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    get: (sessionId) => sessions.get(sessionId),
    set: (sessionId, session) => {
      sessions.delete(sessionId);
      sessions.set(sessionId, session);
      const [oldest] = sessions.keys();
      if (sessions.size > KEPT_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    },
  };
}
