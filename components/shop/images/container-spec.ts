import type { ServiceName } from "../catalogue.ts";

/** Everything that comes with a container image and must change together with it. */
export interface ContainerSpec {
  /** Reference with a tag. */
  readonly image: string;

  /** Port that the process listens on. */
  readonly port: number;

  /** User and group, numeric because the kubelet cannot prove that a named user is not root. */
  readonly uid: number;
  readonly gid: number;

  /** Replaces the image's entrypoint. */
  readonly command?: readonly string[];

  /** Replaces the image's arguments. */
  readonly args?: readonly string[];

  readonly env?: Readonly<Record<string, string>>;

  /** Variables taken from the Secret named like the service: variable name to key. */
  readonly secretEnv?: Readonly<Record<string, string>>;

  /** How readiness shows: a request that answers 2xx, or a port that accepts connections. */
  readonly ready: { readonly path: string } | "port";

  /** Longest start in seconds before the pod is restarted. */
  readonly startSeconds: number;

  /** Folders the process writes to; the rest of its file system is read-only. */
  readonly writable: readonly string[];
}

/** One coherent set of images: a container for every service. */
export type ImageSet = Readonly<Record<ServiceName, ContainerSpec>>;

/** Secret key that holds the password of catalogue-db's administrator. */
export const rootPasswordKey = "root-password";
