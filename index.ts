import * as pulumi from "@pulumi/pulumi";
import { DatadogAgent } from "./components/agent/datadog-agent.ts";
import { Dashboards } from "./components/dashboards/dashboards.ts";
import { DrillDowntime } from "./components/incident/drill/drill-downtime.ts";
import { IncidentLease } from "./components/incident/lease/lease.ts";
import { LoadJob } from "./components/incident/load/load-job.ts";
import { IncidentMarker } from "./components/incident/marker/incident-marker.ts";
import { FaultProxy } from "./components/incident/fault-proxy/fault-proxy.ts";
import { planFor } from "./components/incident/plan.ts";
import { LogNamesClaim } from "./components/logs/claim/log-names-claim.ts";
import { LogStorage } from "./components/logs/storage/log-storage.ts";
import { ShopLogs } from "./components/logs/shop-logs.ts";
import { PaymentMonitors } from "./components/monitors/payment-monitors.ts";
import { datadogProvider, kubernetesProvider } from "./components/providers.ts";
import { AlertRouting } from "./components/routing/alert-routing.ts";
import { IncidentWorkflow } from "./components/routing/incident-workflow.ts";
import { OnCall } from "./components/routing/on-call.ts";
import { workflowMention } from "./components/routing/workflow-args.ts";
import { SecretScanner } from "./components/scanner/secret-scanner.ts";
import { portForwardCommand } from "./components/shop/port-forward.ts";
import { SockShop, type SockShopArgs } from "./components/shop/sock-shop.ts";
import { workloads } from "./components/shop/workloads.ts";
import { CatalogEntities } from "./components/software-catalog/catalog-entities.ts";
import { SyntheticCheckout } from "./components/synthetics/synthetic-checkout.ts";
import { loadSettings } from "./settings/settings.ts";

const { settings, secrets } = loadSettings(new pulumi.Config());
const plan = planFor(settings);

const { datadogApiKey: apiKey, datadogAppKey: appKey } = secrets;
const account = { apiUrl: settings.datadog.api, apiKey, appKey };
const logScope = { ...settings, namespace: settings.logNamespaces ?? settings.namespace };
const logs = { scope: logScope, timeZone: settings.logTimeZone };
const claim =
  settings.logPipeline === "own" ? new LogNamesClaim("log-names", { logs, account }) : undefined;
// whatever a provider waits for, all of its resources wait for
const afterClaim = { dependsOn: claim ? [claim] : [] };
const onCluster = { providers: [kubernetesProvider("cluster", settings.cluster, afterClaim)] };
const onDatadog = { providers: [datadogProvider("datadog", account, afterClaim)] };

const { lease, proxy, replicas: staged, backends } = plan;
const configured = { payment: settings.paymentReplicas };
const allWorkloads = workloads({ ...settings, configured, staged, backends });
const shopArgs: SockShopArgs = {
  namespace: settings.namespace,
  workloads: allWorkloads,
  nodeCidrs: settings.nodeCidrs,
  catalogueDbPassword: secrets.catalogueDbPassword,
  incidentLease:
    lease &&
    ((inside) =>
      new IncidentLease(lease.name, { ...settings, ...settings.load, plan: lease }, inside)),
  faultProxy:
    proxy &&
    ((inside) => new FaultProxy(proxy.name, { proxy, allWorkloads, ...settings.faults }, inside)),
};
const shop = new SockShop("sock-shop", shopArgs, onCluster);
const afterShop = { dependsOn: [shop] };

if (settings.agent === "helm") {
  new DatadogAgent("datadog-agent", { options: settings, secrets }, onCluster);
}
if (claim) new ShopLogs("sock-shop", { ...logs, claim: claim.id }, onDatadog);
if (settings.logIndex ?? settings.logArchive) {
  const storage = { scope: logScope, index: settings.logIndex, archive: settings.logArchive };
  new LogStorage("sock-shop", storage, onDatadog);
}
if (settings.secretScanner) {
  new SecretScanner("secret-scanner", settings, onDatadog);
}
if (settings.declareIncidents) new IncidentWorkflow("declare-incident", settings, onDatadog);
const alerts = { ...settings, workflow: workflowMention(settings) };
const monitors = new PaymentMonitors("payment", alerts, onDatadog);
if (settings.routing === "rules") new AlertRouting("alert-routing", alerts, onDatadog);
if (settings.onCall) new OnCall("on-call", { ...settings, ...settings.onCall }, onDatadog);
const dashboards = new Dashboards("incident", { ...settings, idOf: monitors.idOf }, onDatadog);
if (settings.softwareCatalog === "own") {
  const links = { ...settings, dashboardUrls: dashboards.urls };
  new CatalogEntities("sock-shop", links, onDatadog);
}

if (settings.synthetics === "private") {
  const checkout = { ...settings, image: settings.syntheticsImage };
  const providers = [...onCluster.providers, ...onDatadog.providers];
  new SyntheticCheckout("checkout", checkout, { providers, ...afterShop });
}

if (plan.load) {
  const run = { ...settings, load: plan.load, image: settings.load.image };
  new LoadJob("locust-payment-failure", run, { ...onCluster, ...afterShop });
}
if (shop.incidentEnds && !settings.notifyDrills) {
  const drill = { ...settings, ends: shop.incidentEnds };
  new DrillDowntime(`${settings.incident}-drill`, drill, onDatadog);
}
const marker = new IncidentMarker("incident-marker", { shop: settings, account }, afterShop);

export const namespace = settings.namespace;
export const incident = settings.incident;
export const frontEndUrl = settings.frontEndUrl;
export const frontEndPortForward = portForwardCommand(settings.cluster, settings);
export const monitorUrls = monitors.urls;
export const incidentMark = marker.mark;
export const dashboardUrls = dashboards.urls;
