import { execFile } from "node:child_process";
import { join } from "node:path";
import { asList, manifestsOf } from "./manifests.ts";
import type { Manifest } from "./manifests.ts";

const namespace = "sock-shop-bench";
const patience = "--timeout=120s";

/** What the verbs do, by plain kubectl in a namespace of its own on the same cluster. */
export class KubectlBench {
  readonly #root: string;
  readonly #shop: readonly Manifest[];
  readonly #staged: readonly Manifest[];

  /** @param state the stack's state while the incident is on, so that load and guard are in it */
  constructor(root: string, state: string) {
    this.#root = root;
    const { shop, staged } = manifestsOf(state, namespace);
    this.#shop = shop.map(withPayment);
    this.#staged = staged;
  }

  async apply(): Promise<void> {
    await this.#kubectl(["apply", "--filename", "-"], asList(this.#shop));
    await this.#kubectl(["wait", "--for=condition=Available", "deployment", "--all", patience]);
  }

  async applyAgain(): Promise<void> {
    await this.#kubectl(["apply", "--filename", "-"], asList(this.#shop));
  }

  async enter(): Promise<void> {
    await this.#kubectl(["scale", "deployment/payment", "--replicas=0"]);
    await this.#kubectl(["apply", "--filename", "-"], asList(this.#staged));
  }

  async leave(): Promise<void> {
    await this.#kubectl(["scale", "deployment/payment", "--replicas=1"]);
    await this.#kubectl(["rollout", "status", "deployment/payment", patience]);
    await this.#kubectl(["delete", "--filename", "-"], asList(this.#staged));
  }

  #kubectl(args: readonly string[], input = ""): Promise<void> {
    const kubeconfig = join(this.#root, ".sandbox", "kubeconfig");
    const all = ["--kubeconfig", kubeconfig, "--namespace", namespace, ...args];
    return new Promise((resolve, reject) => {
      const child = execFile("kubectl", all, (error, _, stderr) => {
        if (error) reject(new Error(`kubectl ${args.join(" ")}: ${stderr}`, { cause: error }));
        else resolve();
      });
      child.stdin?.end(input);
    });
  }
}

/** The state was taken during the incident; the bench begins outside of it. */
function withPayment(manifest: Manifest): Manifest {
  const { metadata, spec } = manifest as unknown as { metadata: { name: string }; spec: object };
  if (manifest.kind !== "Deployment" || metadata.name !== "payment") return manifest;
  return { ...manifest, spec: { ...spec, replicas: 1 } };
}
