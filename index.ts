import * as pulumi from "@pulumi/pulumi";
import { DatadogAgent } from "./components/agent/datadog-agent.ts";
import { Dashboards } from "./components/dashboards/dashboards.ts";
import { LoadJob } from "./components/incident/load-job.ts";
import { IncidentMarker } from "./components/incident/marker.ts";
import { PaymentFaults } from "./components/incident/payment-faults.ts";
import { planFor } from "./components/incident/plan.ts";
import { ShopLogs } from "./components/logs/shop-logs.ts";
import { PaymentMonitors } from "./components/monitors/payment-monitors.ts";
import { datadogProvider, kubernetesProvider } from "./components/providers.ts";
import { portForwardCommand } from "./components/shop/port-forward.ts";
import { SockShop } from "./components/shop/sock-shop.ts";
import { workloads } from "./components/shop/workloads.ts";
import { loadSettings } from "./settings.ts";

const { settings, secrets } = loadSettings(new pulumi.Config());
const plan = planFor(settings);

const kubernetes = kubernetesProvider("cluster", settings.cluster);
const account = {
  apiUrl: settings.datadog.api,
  apiKey: secrets.datadogApiKey,
  appKey: secrets.datadogAppKey,
};
const datadog = datadogProvider("datadog", account);

const { proxy, replicas: staged, servedBy } = plan;
const configured = { payment: settings.paymentReplicas };
const all = workloads({ ...settings, configured, staged, servedBy });
const shop = new SockShop(
  "sock-shop",
  {
    namespace: settings.namespace,
    workloads: all,
    catalogueDbPassword: secrets.catalogueDbPassword,
    detour:
      proxy &&
      ((inside) => new PaymentFaults(proxy.name, { proxy, all, ...settings.faults }, inside)),
  },
  { providers: [kubernetes] },
);

if (settings.agent === "helm") {
  new DatadogAgent("datadog-agent", { options: settings, secrets }, { providers: [kubernetes] });
}
const logsOf = { scope: settings, timeZone: settings.logTimeZone };
new ShopLogs("sock-shop", logsOf, { providers: [datadog] });

const monitors = new PaymentMonitors("payment", settings, { providers: [datadog] });
const dashboards = new Dashboards(
  "incident",
  { ...settings, idOf: monitors.idOf },
  { providers: [datadog] },
);

if (plan.load) {
  const { namespace, env, load } = settings;
  new LoadJob(
    "locust-payment-failure",
    { load: plan.load, namespace, env, image: load.image },
    { providers: [kubernetes], dependsOn: [shop] },
  );
}

const marker = new IncidentMarker(
  "incident-marker",
  { shop: settings, account },
  { dependsOn: [shop] },
);

export const namespace = settings.namespace;
export const incident = settings.incident;
export const frontEndUrl = settings.frontEndUrl;
export const frontEndPortForward = portForwardCommand(settings.cluster, settings);
export const monitorUrls = monitors.urls;
export const incidentMark = marker.mark;
export const dashboardUrls = dashboards.urls;
