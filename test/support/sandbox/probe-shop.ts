import * as k8s from "@pulumi/kubernetes";

/** What the program declares; each test changes some of it. */
export interface ProbeShop {
  replicas: number;
  patchForce: boolean;
  jobImage: string;
  password: string;

  /** A Deployment that is ready only if this is true; absent when undefined. */
  doomedIsSchedulable?: boolean;
  misspelt?: boolean;
}

export const HEALTHY: ProbeShop = {
  replicas: 1,
  patchForce: false,
  jobImage: "x/load:1",
  password: "hunter2!",
};

/** One object of each kind that the plugin treats in its own way. */
export function declareProbe(shop: ProbeShop, kubeconfig: string): void {
  const provider = new k8s.Provider("kube", { kubeconfig, context: "kwok-sock-shop" });
  const options = { provider };
  const { metadata } = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, options);
  const named = (name: string, annotations: Record<string, string> = {}) => {
    return { name, namespace: metadata.name, annotations };
  };
  const template = (name: string, nodeSelector: Record<string, string> = {}) => {
    const containers = [{ name, image: "x/y:1", resources: { requests: { cpu: "0.1" } } }];
    return { metadata: { labels: { name } }, spec: { containers, nodeSelector } };
  };
  const deployment = (name: string, spec: object, annotations = {}, nodeSelector = {}) => {
    const selector = { matchLabels: { name } };
    const args = { selector, template: template(name, nodeSelector), ...spec };
    const timeouts = { customTimeouts: { create: "4s", update: "20s" } };
    const inputs = { metadata: named(name, annotations), spec: args };
    return new k8s.apps.v1.Deployment(name, inputs, { ...options, ...timeouts });
  };
  const force: Record<string, string> = shop.patchForce ? { "pulumi.com/patchForce": "true" } : {};
  const payment = deployment("payment", { replicas: shop.replicas }, force);
  const ports = [{ port: 80 }];
  const spec = { selector: { name: "payment" }, ports };
  new k8s.core.v1.Service("payment", { metadata: named("payment"), spec }, options);
  const stringData = { password: shop.password };
  new k8s.core.v1.Secret("db", { metadata: named("db"), stringData }, options);
  new k8s.batch.v1.Job(
    "load",
    {
      metadata: named("load", { "pulumi.com/waitFor": "jsonpath={.metadata.uid}" }),
      spec: {
        backoffLimit: 0,
        template: {
          spec: { restartPolicy: "Never", containers: [{ name: "load", image: shop.jobImage }] },
        },
      },
    },
    { ...options, dependsOn: [payment] },
  );
  if (shop.doomedIsSchedulable !== undefined) {
    deployment("doomed", {}, {}, shop.doomedIsSchedulable ? {} : { no: "such-node" });
  }
  if (shop.misspelt) deployment("misspelt", { replica: 2 });
}
