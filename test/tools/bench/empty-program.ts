import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxCopy } from "../../support/sandbox/sandbox-copy.ts";

const files = {
  "Pulumi.yaml": [
    "name: empty",
    "main: index.ts",
    "runtime:",
    "  name: nodejs",
    "  options: { typescript: false, packagemanager: npm }",
    "",
  ].join("\n"),
  "package.json": JSON.stringify({ name: "empty", private: true, type: "module" }),
  "index.ts": 'import "@pulumi/pulumi";\n\nexport const nothing = true;\n',
};

type Place = Pick<SandboxCopy, "root" | "sh">;

/** A program without resources, on the same engine, language host and backend as the stack. */
export async function makeEmptyProgram({ root, sh }: Place): Promise<void> {
  const folder = join(root, "empty");
  // the packages are found in the folder above
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await sh("pulumi", "stack", "init", "empty", "--cwd", folder);
  await updateEmptyProgram({ root, sh });
}

/** What no update can be faster than. */
export async function updateEmptyProgram({ root, sh }: Place): Promise<void> {
  const options = ["--yes", "--skip-preview", "--suppress-outputs", "--skip-plugin-pre-install"];
  await sh("pulumi", "up", "--cwd", join(root, "empty"), "--stack", "empty", ...options);
}
