import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxCopy } from "./sandbox-copy.ts";

/** What a preview of stack `dev` came to. */
interface DevPreview {
  /** `<operation> <type>` of each resource. */
  readonly steps: readonly string[];

  /** All that pulumi said when it failed; empty otherwise. */
  readonly failure: string;
}

/**
 * Previews stack `dev` as its file stands on the sandbox's cluster, under a context of the name that
 * the file wants, or of another one. Only two things are put in place of what nobody has here: where
 * the kubeconfig is, and the Datadog stand-in for the account.
 */
export async function previewDev(copy: SandboxCopy, contextName: string): Promise<DevPreview> {
  const folder = join(copy.root, ".sandbox", "dev", contextName);
  const kubeconfig = join(folder, "kubeconfig");
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(copy.root, ".sandbox", "kubeconfig"), kubeconfig);
  await copy.sh("kubectl", "--kubeconfig", kubeconfig, ...renameTo(contextName));

  const file = join(copy.root, "Pulumi.dev.yaml");
  const original = readFileSync(file, "utf8");
  const account = "sock-shop:datadogSite: us5.datadoghq.com";
  const standIn = `sock-shop:datadogApiUrl: http://127.0.0.1:${copy.port}/`;
  writeFileSync(file, original.replace(account, standIn));
  // a namespace of its own: the sandbox's stack has the usual one
  appendFileSync(file, `  sock-shop:namespace: shop-dev\n  sock-shop:kubeconfig: ${kubeconfig}\n`);
  // the stand-in plugin only notes the agent's chart
  const helm = "SOCK_SHOP_HELM_RELEASES=record";
  const env = ["PULUMI_STACK=dev", "PULUMI_CONFIG_PASSPHRASE=dev", helm];
  const dev = ["env", ...env, `PULUMI_BACKEND_URL=file://${folder}`, "pulumi"];
  try {
    await copy.sh(...dev, "stack", "init", "dev");
    for (const key of ["datadogApiKey", "datadogAppKey"]) {
      await copy.sh(...dev, "config", "set", "--secret", key, "0".repeat(32));
    }
    const { code, stdout, stderr } = await copy.lab("shell", "--", ...dev, "preview", "--json");
    if (code !== 0) return { steps: [], failure: stdout + stderr };
    const { steps } = JSON.parse(stdout) as { steps: { op: string; newState: { type: string } }[] };
    return { steps: steps.map(({ op, newState }) => `${op} ${newState.type}`), failure: "" };
  } finally {
    writeFileSync(file, original);
  }
}

function renameTo(contextName: string): string[] {
  return ["config", "rename-context", "kwok-sock-shop", contextName];
}
