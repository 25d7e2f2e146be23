import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { extractMember } from "./archive.ts";
import { isCacheError } from "../install/cache-error.ts";
import { download, fetchText, type Network } from "./download.ts";
import { checksumIn, type Download } from "./download-urls.ts";
import { pinnedChecksums } from "./pinned-checksums.ts";
import { concurrencyLimit } from "../install/concurrency-limit.ts";
import type { InstallContext } from "../install/install-context.ts";

const atMostFour = concurrencyLimit(4);

/** Downloads of this run, by address: two tools may share an archive. */
export type Fetched = Map<string, Promise<string>>;

/**
 * Fetches an official download and takes the program out of it.
 *
 * @param work folder of this run, below which files may be made
 * @returns path of the program, below the cache folder
 * @throws with the reason of every address that was tried, one per line
 */
export async function fetchOfficial(
  source: Download,
  work: string,
  context: InstallContext,
  fetched: Fetched,
): Promise<string> {
  const [first = ""] = source.urls;
  const known = fetched.get(first);
  const fetching = known ?? atMostFour(() => fetchFromAny(source, context));
  if (known === undefined) fetched.set(first, fetching);
  const file = await fetching;
  if (source.member === undefined) return file;
  const folder = join(work, basename(source.member));
  await mkdir(folder, { recursive: true });
  return await extractMember({ file, member: source.member }, folder, context);
}

async function fetchFromAny(source: Download, context: InstallContext): Promise<string> {
  const reasons: string[] = [];
  for (const url of source.urls) {
    try {
      const file = join(context.paths.cacheDir, "downloads", basename(url));
      await mkdir(join(file, ".."), { recursive: true });
      const { pinned = pinnedChecksums } = context;
      const sha256 =
        pinned[url] ?? (await publishedChecksum(url, source.checksums, context.network));
      await download({ url, sha256 }, file, context.network);
      return file;
    } catch (error) {
      if (isCacheError(error)) throw error;
      reasons.push(messageOf(error));
    }
  }
  throw new Error([...new Set(reasons)].join("; "));
}

/**
 * The checksum that the source publishes for the file.
 *
 * @returns undefined where it publishes none at all
 * @throws if its list cannot be fetched: a file is not used unchecked because a server is down
 */
async function publishedChecksum(
  url: string,
  lists: readonly string[],
  network: Network,
): Promise<string | undefined> {
  if (lists.length === 0) return undefined;
  const reasons: string[] = [];
  for (const list of lists) {
    try {
      const checksum = checksumIn(await fetchText(list, network), basename(url));
      if (checksum !== undefined) return checksum;
      reasons.push(`no checksum of ${basename(url)} in ${list}`);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Error([...new Set(reasons)].join("; "));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
