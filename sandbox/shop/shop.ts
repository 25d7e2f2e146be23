import { rm } from "node:fs/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import { createKubelet } from "./kubelet/kubelet.ts";
import { startInformers } from "../kube/informers.ts";
import { controlApp } from "./control-app.ts";
import { createShops } from "./shops.ts";
import { listen } from "../http/listener.ts";
import { endOrphans } from "./process/os-process.ts";
import type { ProcessPlace } from "./process/process-pod.ts";

export interface ShopArgs {
  readonly kubeConfig: KubeConfig;
  /** Port of this machine where the front-end's Service of the first shop listens. */
  readonly frontEndPort: number;
  /** Port of the control address. */
  readonly controlPort: number;
  readonly logsDir: string;
  /** Where pods with a real process of their own live. */
  readonly place: ProcessPlace;
  /** Takes one line per problem that does not end the shop. */
  readonly onProblem: (message: string) => void;
}

/** The shops of a cluster, running on this machine until `close`. */
export interface RunningShop {
  close(): Promise<void>;
}

export async function runShop(args: ShopArgs): Promise<RunningShop> {
  const { kubeConfig, onProblem, place, logsDir } = args;
  for (const name of await endOrphans(place.runDir)) {
    onProblem(`ended ${name}, which a shop of before left`);
  }
  // their files, a token of the cluster among them, end with them
  await rm(place.podsDir, { recursive: true, force: true });
  const pods = createKubelet({ kubeConfig, logsDir, place, onProblem });
  const shops = createShops({
    start: pods.start,
    onState: pods.report,
    frontEndPort: args.frontEndPort,
    onProblem,
  });
  const stop = await startInformers({
    kubeConfig,
    onView: (objects) => {
      shops.follow(objects).catch((error: unknown) => {
        onProblem(`the cluster's change was not followed: ${String(error)}`);
      });
    },
    onLost: (reason) => {
      onProblem(`lost the cluster (${reason}); the pods run on until it is back`);
    },
  });
  // what asks gets no answer before the cluster was looked at once
  const control = await listen({
    port: args.controlPort,
    handle: controlApp(shops),
    onFault: (error) => {
      onProblem(`the control address failed: ${String(error)}`);
    },
  });

  return {
    close: async () => {
      await stop();
      await control.close();
      await shops.close();
    },
  };
}
