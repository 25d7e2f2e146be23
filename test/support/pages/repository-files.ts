import { existsSync } from "node:fs";
import { execa } from "execa";

const root = new URL("../../../", import.meta.url);

/** Paths of all files of the checkout that git tracks or would track, relative to its root. */
export async function repositoryFiles(): Promise<readonly string[]> {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await execa("git", args, { cwd: root });
  return stdout.split("\n").filter((file) => existsSync(new URL(file, root)));
}
