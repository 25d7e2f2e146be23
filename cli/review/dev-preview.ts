import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../../sandbox/host/temporary-folder.ts";
import { parseDocument } from "yaml";
import { preview } from "../contract/preview-states.ts";
import type { Preview } from "../pulumi/preview-events.ts";
import { Failure } from "../context/errors.ts";
import { ask, type Session } from "../stack/stack-session.ts";

const stack = "dev";

/**
 * Previews stack `dev` without its cluster, its account or anybody's login: with the sandbox's
 * addresses in place of its own, in a temporary backend. Helm releases are checked and
 * not rendered where the stand-in plugin is used.
 *
 * @param session - one on stack `sandbox`, whose parts run
 */
export async function previewDev(session: Session): Promise<Preview> {
  const { context, paths, targets } = session;
  const folder = await temporaryFolder();
  try {
    const backend = join(folder, "backend");
    await mkdir(backend);
    const project = await readFile(join(context.root, "Pulumi.yaml"), "utf8");
    await writeFile(join(folder, "Pulumi.yaml"), project);
    const file = join(folder, "config.yaml");
    const sandbox = parseDocument(await readFile(join(context.root, targets.file), "utf8"));
    const own = parseDocument(await readFile(join(context.root, `Pulumi.${stack}.yaml`), "utf8"));
    own.set("encryptionsalt", sandbox.get("encryptionsalt"));
    await writeFile(file, own.toString());

    const env = {
      ...session.env,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      SOCK_SHOP_HELM_RELEASES: "record",
    };
    // creating the stack writes to the configuration beside the project file: not to the checkout's
    const create = ["stack", "init", stack, "--no-select", "--cwd", folder];
    const { code, stderr } = await ask({ ...session, env }, "pulumi", create);
    if (code !== 0) throw new Failure(`cannot create a stack to preview: ${stderr.trim()}`);
    return await preview(session, {
      stack,
      file,
      env,
      config: {
        "sock-shop:kubeconfig": paths.kubeconfig,
        "sock-shop:kubeContext": "kwok-sock-shop",
        "sock-shop:namespace": "sock-shop-preview",
        "sock-shop:datadogApiUrl": `http://127.0.0.1:${targets.datadogPort ?? 0}/`,
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
