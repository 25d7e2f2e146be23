import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { takeLock } from "../../host/file-lock.ts";
import { isPortFree } from "../../host/ports.ts";

/** First port of the range that Services get; below every system's ephemeral ports. */
const FIRST_PORT = 20_250;
const LAST_PORT = 20_999;

/** A port of this machine that belongs to one Service, open or closed, until it is released. */
export interface ServicePort {
  readonly port: number;
  readonly release: () => Promise<void>;
}

/** What one shop has claimed, by the key of its Services' ports. */
interface ClaimedPorts {
  /** Claims a port for a key that has none. */
  portOf(key: string): Promise<number>;
  release(key: string): Promise<void>;
  releaseAll(): Promise<void>;
}

/** Claims ports outside of those that this process has given out, which may grow. */
export function claimedPorts(taken: ReadonlySet<number>): ClaimedPorts {
  const claims = new Map<string, ServicePort>();
  const release = async (key: string): Promise<void> => {
    await claims.get(key)?.release();
    claims.delete(key);
  };
  return {
    portOf: async (key) => {
      const claim = await claimServicePort(taken);
      claims.set(key, claim);
      return claim.port;
    },
    release,
    releaseAll: async () => {
      await Promise.all([...claims.keys()].map(release));
    },
  };
}

/**
 * Claims the lowest port that nobody listens on and no other sandbox of this user has claimed. A
 * Service without endpoints does not listen, so the free port alone does not say that it is nobody's:
 * two shops that start at once would call each other's Services.
 *
 * @param taken - ports that this process has given out
 * @param claims - folder of the claims, which all sandboxes of the user share
 */
export async function claimServicePort(
  taken: ReadonlySet<number>,
  claims = join(tmpdir(), `sock-shop-ports-${userInfo().uid}`),
): Promise<ServicePort> {
  for (let port = FIRST_PORT; port <= LAST_PORT; port += 1) {
    if (taken.has(port)) continue;
    const claim = await takeLock(join(claims, String(port)));
    if (!("release" in claim)) continue;
    if (await isPortFree(port)) return { port, release: claim.release };
    await claim.release();
  }
  throw new Error(`no free port from ${FIRST_PORT} to ${LAST_PORT}: stop programs that use them`);
}
