import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../api/api-error.ts";
import type { ApiServer } from "../api/api-server.ts";
import { isPropertyMap } from "../../grpc/property-value.ts";
import { mapAt, mapsAt, stringAt, uidOf, type KubeObject } from "../objects/kube-object.ts";

/** The objects of one path, kept up to date by a watch. */
export interface ObjectWatch {
  /** Empty until the first list has come. */
  objects(): readonly KubeObject[];

  /** Whether the first list has come. */
  isSynced(): boolean;

  /** Calls back after each change, until told to stop; the last to stop ends the watch. */
  subscribe(subscriber: Subscriber): () => void;
}

interface Subscriber {
  changed(): void;

  /** The server refuses the list, and will go on to. */
  refused(error: ApiError): void;
}

const RETRY_MS = 500;

/** Watches are shared: dozens of objects awaited in one namespace need one of each kind. */
export function shareWatches(api: ApiServer): (path: string) => ObjectWatch {
  const watches = new Map<string, ObjectWatch>();
  return (path) => {
    const watch = watches.get(path) ?? watchObjects(api, path);
    watches.set(path, watch);
    return watch;
  };
}

function watchObjects(api: ApiServer, path: string): ObjectWatch {
  const subscribers = new Set<Subscriber>();
  const store = new Store();
  let stop: AbortController | undefined;
  const follow = new Follower(api, path, store, {
    changed: () => {
      for (const subscriber of subscribers) subscriber.changed();
    },
    refused: (error) => {
      for (const subscriber of subscribers) subscriber.refused(error);
    },
  });
  return {
    objects: () => [...store.objects.values()],
    isSynced: () => store.isSynced,
    subscribe(subscriber) {
      subscribers.add(subscriber);
      if (stop === undefined) {
        stop = new AbortController();
        void follow.run(stop.signal);
      }
      return () => {
        subscribers.delete(subscriber);
        if (subscribers.size > 0) return;
        stop?.abort();
        stop = undefined;
        store.clear();
      };
    },
  };
}

class Store {
  readonly objects = new Map<string, KubeObject>();
  isSynced = false;

  replace(items: readonly KubeObject[]): void {
    this.objects.clear();
    for (const item of items) this.objects.set(uidOf(item), item);
    this.isSynced = true;
  }

  apply(type: string, object: KubeObject): void {
    if (type === "DELETED") this.objects.delete(uidOf(object));
    else this.objects.set(uidOf(object), object);
  }

  clear(): void {
    this.objects.clear();
    this.isSynced = false;
  }
}

/** Lists, then watches from there on; starts over when the server has forgotten that point. */
class Follower {
  readonly #api: ApiServer;
  readonly #path: string;
  readonly #store: Store;
  readonly #report: Subscriber;

  constructor(api: ApiServer, path: string, store: Store, report: Subscriber) {
    this.#api = api;
    this.#path = path;
    this.#store = store;
    this.#report = report;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (isWanted(signal)) {
      try {
        await this.#watchFrom(await this.#list(signal), signal);
      } catch (error) {
        if (!isWanted(signal)) return;
        if (error instanceof ApiError && [401, 403, 404].includes(error.code)) {
          this.#report.refused(error);
        }
        await pause(signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const list = await this.#api.request({ method: "GET", path: this.#path, signal });
    if (signal.aborted) return "";
    this.#store.replace(mapsAt(list, "items"));
    this.#report.changed();
    return stringAt(list, "metadata", "resourceVersion");
  }

  /** Resumes a watch that ended until the server answers that the version is too old. */
  async #watchFrom(version: string, signal: AbortSignal): Promise<void> {
    let resourceVersion = version;
    let isForgotten = false;
    const isCurrent = () => !isForgotten;
    while (isCurrent() && isWanted(signal)) {
      const query = { watch: "true", allowWatchBookmarks: "true", resourceVersion };
      await this.#api.watch({ method: "GET", path: this.#path, query, signal }, (event) => {
        if (signal.aborted) return;
        const type = stringAt(event, "type");
        const object = mapAt(event, "object");
        if (type === "ERROR") {
          isForgotten = true;
          return;
        }
        resourceVersion = stringAt(object, "metadata", "resourceVersion") || resourceVersion;
        if (type === "BOOKMARK" || !isPropertyMap(event["object"])) return;
        this.#store.apply(type, object);
        this.#report.changed();
      });
      // A server that ends each watch at once must not be asked in a loop.
      if (isWanted(signal)) await pause(signal);
    }
  }
}

/** A function, because the answer changes while others run. */
function isWanted(signal: AbortSignal): boolean {
  return !signal.aborted;
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await sleep(RETRY_MS, undefined, { signal });
  } catch {
    // Stopped while waiting: the caller sees it by the signal.
  }
}
