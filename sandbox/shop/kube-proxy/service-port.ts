import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { takeLock } from "../../host/file-lock.ts";
import { isPortFree } from "../../host/ports.ts";

/** First port of the range that Services get; below every system's ephemeral ports. */
const FIRST_PORT = 20_250;
const PORTS = 750;

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
  // to ask again for ports that others have would take longer than the pods need to be ready
  let from = FIRST_PORT;
  const release = async (key: string): Promise<void> => {
    await claims.get(key)?.release();
    claims.delete(key);
  };
  return {
    portOf: async (key) => {
      const claim = await claimServicePort(taken, { from });
      from = claim.port + 1;
      claims.set(key, claim);
      return claim.port;
    },
    release,
    releaseAll: async () => {
      await Promise.all([...claims.keys()].map(release));
    },
  };
}

interface ClaimOptions {
  /**
   * Port to begin with.
   *
   * @default the first of the range
   */
  readonly from?: number;

  /** Folder of the claims, which all sandboxes of the user share. */
  readonly claims?: string;
}

/**
 * Claims the next port that nobody listens on and no other sandbox of this user has claimed. A
 * Service without endpoints does not listen, so the free port alone does not say that it is nobody's:
 * two shops that start at once would call each other's Services.
 *
 * @param taken - ports that this process has given out
 */
export async function claimServicePort(
  taken: ReadonlySet<number>,
  options: ClaimOptions = {},
): Promise<ServicePort> {
  const { from = FIRST_PORT } = options;
  const { claims = join(tmpdir(), `sock-shop-ports-${userInfo().uid}`) } = options;
  for (let turn = 0; turn < PORTS; turn += 1) {
    const port = FIRST_PORT + ((from - FIRST_PORT + turn) % PORTS);
    if (taken.has(port) || !(await isPortFree(port))) continue;
    const claim = await takeLock(join(claims, String(port)));
    if (!("release" in claim)) continue;
    // another one may have come and gone on to listen since
    if (await isPortFree(port)) return { port, release: claim.release };
    await claim.release();
  }
  const last = FIRST_PORT + PORTS - 1;
  throw new Error(`no free port from ${FIRST_PORT} to ${last}: stop programs that use them`);
}
