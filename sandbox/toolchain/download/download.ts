import { open, rename, rm, stat } from "node:fs/promises";
import type { Hosts } from "./reachable-hosts.ts";
import { fetchThrough, type Proxy } from "./proxy.ts";
import { sha256Of } from "../install/sha256.ts";

/** How the network is used. */
export interface Network {
  readonly hosts: Hosts;

  /** @default - hosts are reached directly */
  readonly proxy?: Proxy;

  /** How long to wait for the head of a reply, and for each piece of its body. @default 15000 */
  readonly quietMs?: number;

  /** Called with the bytes received; `total` is undefined where the server sends no length. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
}

/** Why a download failed; the message is one line. */
class DownloadError extends Error {}

/** Fetches a small text. */
export async function fetchText(url: string, network: Network): Promise<string> {
  const { response, quiet } = await request(url, {}, network);
  try {
    return await response.text();
  } finally {
    quiet.stop();
  }
}

/**
 * Fetches a file. An interrupted download is resumed; the file gets its name only when it is
 * complete and its checksum is right.
 *
 * @param sha256 in hex; undefined where the source publishes none
 */
export async function download(
  source: { readonly url: string; readonly sha256: string | undefined },
  file: string,
  network: Network,
): Promise<void> {
  if (source.sha256 !== undefined && (await sizeOf(file)) > 0) {
    // an earlier run was interrupted after this download
    if ((await sha256Of(file)) === source.sha256) return;
  }
  const partial = `${file}.partial`;
  await receive(source.url, partial, network);
  const actual = await sha256Of(partial);
  if (source.sha256 !== undefined && actual !== source.sha256) {
    await rm(partial, { force: true });
    const words = `checksum of ${source.url} is ${actual}, expected ${source.sha256}`;
    throw new DownloadError(words);
  }
  await rename(partial, file);
}

async function receive(url: string, partial: string, network: Network): Promise<void> {
  const have = await sizeOf(partial);
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const { response, quiet } = await request(url, headers, network, [206, 416]);
  try {
    if (response.status === 416) {
      // either nothing is left to fetch or the part is of another file: start over to find out
      await rm(partial, { force: true });
      await receive(url, partial, network);
      return;
    }
    const resumed = response.status === 206;
    const start = resumed ? have : 0;
    const total = totalOf(response, start);
    const received = await append(response, partial, start, (count) => {
      quiet.reset();
      network.onBytes?.(count, total);
    });
    if (total !== undefined && received !== total) {
      throw new DownloadError(`${url} ended after ${received} of ${total} bytes`);
    }
  } catch (error) {
    if (quiet.expired) throw tooQuiet(url, network);
    throw asDownloadError(url, error);
  } finally {
    quiet.stop();
  }
}

function totalOf(response: Response, start: number): number | undefined {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  return Number.isNaN(length) ? undefined : start + length;
}

async function append(
  response: Response,
  partial: string,
  start: number,
  onBytes: (received: number) => void,
): Promise<number> {
  const file = await open(partial, start > 0 ? "a" : "w");
  let received = start;
  try {
    const body: AsyncIterable<Uint8Array> = response.body ?? emptyBody();
    for await (const chunk of body) {
      await file.writeFile(chunk);
      received += chunk.length;
      onBytes(received);
    }
  } finally {
    await file.close();
  }
  return received;
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {
  // a reply may come without a body at all
}

async function request(
  url: string,
  headers: Record<string, string>,
  network: Network,
  alsoFine: readonly number[] = [],
): Promise<{ response: Response; quiet: QuietTimer }> {
  const { proxy } = network;
  // only the proxy knows which hosts it reaches
  const unreachable = proxy ? undefined : await network.hosts.whyNot(url);
  if (unreachable !== undefined) throw new DownloadError(unreachable);
  const send = proxy ? await fetchThrough(proxy) : fetch;
  const quiet = new QuietTimer(quietMs(network));
  const response = await send(url, { headers, signal: quiet.signal }).catch((error: unknown) => {
    quiet.stop();
    throw quiet.expired ? tooQuiet(url, network) : new DownloadError(`${url}: ${causeOf(error)}`);
  });
  if (response.status === 200 || alsoFine.includes(response.status)) return { response, quiet };
  quiet.stop();
  await response.body?.cancel();
  throw new DownloadError(`${url} answers ${response.status}`);
}

/** Aborts a request that has received nothing for too long. */
class QuietTimer {
  expired = false;
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.#timer = setTimeout(() => {
      this.expired = true;
      this.#abort.abort();
    }, ms);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  reset(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Describes fetch's own errors; those of the file system are returned unchanged. */
function asDownloadError(url: string, error: unknown): unknown {
  return error instanceof TypeError ? new DownloadError(`${url}: ${causeOf(error)}`) : error;
}

function tooQuiet(url: string, network: Network): DownloadError {
  return new DownloadError(`${url}: received nothing for ${quietMs(network) / 1000} s`);
}

function quietMs({ quietMs: ms = 15_000 }: Network): number {
  return ms;
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
