import { access, constants, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { isPortFree } from "../../sandbox/host/ports.ts";
import { hasSpace, partOptions, spaceRemedy } from "./start-parts.ts";
import { serversOf } from "./servers.ts";
import type { ServerSpec } from "../context/sandbox.ts";
import type { Session } from "../stack/stack-session.ts";

/** One line of `lab doctor`. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly found: string;
  /** What fixes it. */
  readonly remedy: string;
}

/** Free space that the tools need when all of them must be built, in GiB. */
const neededGiB = 8;

/** Looks at everything that the stack needs; changes nothing. */
export async function doctorFindings(session: Session): Promise<Finding[]> {
  const { context, paths, targets } = session;
  const tools = await context.sandbox.inspectToolchain(partOptions(session));
  const allThere = tools.every(({ ready }) => ready);
  return [
    ...tools.map(({ name, ready, version, where }) => ({
      ok: ready,
      what: `${name} ${version}`,
      found: where,
      remedy: "./lab up installs the missing tools",
    })),
    ...(
      await Promise.all(serversOf(targets).map((server) => examinePorts(session, server)))
    ).flat(),
    await examineFolder("cache folder", paths.cacheDir, allThere ? 0 : neededGiB),
    await examineFolder("sandbox folder", paths.stateDir, 0),
    ...(targets.kubeContext === undefined && hasSpace(paths.kwokDir)
      ? [{ ok: false, what: "kwokctl's folder", found: paths.kwokDir, remedy: spaceRemedy }]
      : []),
  ];
}

async function examinePorts(session: Session, server: ServerSpec): Promise<Finding[]> {
  const running = await session.context.sandbox.findServer(partOptions(session), server);
  return await Promise.all(
    server.ports.map(async ({ port, remedy }) => {
      const ok = running !== undefined || (await isPortFree(port));
      return {
        ok,
        what: `port ${port}`,
        found: running ? `${running.detail}, runs` : ok ? "free" : "in use by another program",
        remedy: `end what listens on port ${port}, or ${remedy}`,
      };
    }),
  );
}

async function examineFolder(what: string, folder: string, needed: number): Promise<Finding> {
  const existing = await nearestExisting(folder);
  const writable = await access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
  const { bavail, bsize } = await statfs(existing);
  const freeGiB = (bavail * bsize) / 2 ** 30;
  const state = writable ? `${freeGiB.toFixed(1)} GiB free` : "not writable";
  return {
    ok: writable && freeGiB >= needed,
    what,
    found: `${folder}, ${state}${freeGiB < needed ? `, ${needed} GiB are needed` : ""}`,
    remedy: writable ? `make room for ${folder}` : `make ${existing} writable`,
  };
}

async function nearestExisting(folder: string): Promise<string> {
  return await access(folder).then(
    () => folder,
    () => nearestExisting(dirname(folder)),
  );
}
