import { connect } from "node:net";

/**
 * Which hosts can be reached. Each is tried once a run, so that a machine that cannot reach the
 * official servers knows within seconds and not once per download.
 */
export class Hosts {
  readonly #timeoutMs: number;
  readonly #tried = new Map<string, Promise<string | undefined>>();

  constructor(timeoutMs = 5_000) {
    this.#timeoutMs = timeoutMs;
  }

  /** Why the host of the URL cannot be reached, or undefined if it can. */
  whyNot(url: string): Promise<string | undefined> {
    const { hostname, port, protocol } = new URL(url);
    const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
    const key = `${hostname}:${number}`;
    const known = this.#tried.get(key);
    if (known) return known;
    const trial = tryToConnect(hostname, number, this.#timeoutMs);
    this.#tried.set(key, trial);
    return trial;
  }
}

function tryToConnect(host: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => {
      end(`${host} did not answer within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    const end = (reason?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reason);
    };
    socket.once("connect", () => {
      end();
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      end(connectFailure(host, error.code));
    });
  });
}

/** Describes the error code of a failed connection. */
export function connectFailure(host: string, code = "unknown error"): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `${host} cannot be resolved`;
  if (code === "ECONNREFUSED") return `${host} refuses connections`;
  return `${host} cannot be reached (${code})`;
}
