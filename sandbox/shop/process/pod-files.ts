import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A volume as the container sees it. */
export interface PodVolume {
  readonly mountPath: string;
  /** Text of each file by its name; none for an empty folder that the program may fill. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether it holds what only the pod's own user may read. */
  readonly secret?: boolean;
}

/** Where a path of the container lies on this machine. */
export function localPath(root: string, path: string): string {
  return join(root, path);
}

/**
 * Makes the volumes' folders below `root`, from scratch. Their files hold exactly what the cluster says and
 * cannot be written to; a secret one can be read by its owner alone, from its first byte on.
 */
export async function placeVolumes(root: string, volumes: readonly PodVolume[]): Promise<void> {
  await rm(root, { recursive: true, force: true });
  for (const { mountPath, files, secret } of volumes) {
    const folder = localPath(root, mountPath);
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text, { mode: 0o600 });
      if (secret !== true) await chmod(join(folder, name), 0o444);
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Text in which every path on a volume leads to its place on this machine. */
export function localPaths(text: string, root: string, volumes: readonly PodVolume[]): string {
  if (volumes.length === 0) return text;
  const longestFirst = volumes
    .map(({ mountPath }) => mountPath.replace(/\/$/, ""))
    .sort()
    .reverse();
  const mounts = longestFirst.map(escaped).join("|");
  const pattern = new RegExp(`(^|[=:,\\s])(${mounts})(?=$|[/:,\\s])`, "g");
  return text.replaceAll(
    pattern,
    (_, before: string, path: string) => before + localPath(root, path),
  );
}
