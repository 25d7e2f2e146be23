import { type LogConfig, readLogConfig } from "../../sandbox/agent/log-config.ts";
import type { Evaluated } from "../../sandbox/datadog/evaluation/evaluate.ts";
import { planOf } from "../../sandbox/datadog/evaluation/query/plan-of-query.ts";
import type { LogsMetric, Pipeline, Slo, SyntheticsTest } from "../../sandbox/datadog/state.ts";
import { monitorOfTest } from "../../sandbox/datadog/synthetics/monitor-of-test.ts";
import type { TestDefinition } from "../../sandbox/synthetics/test-definition.ts";
import { created } from "./sent-requests.ts";
import type { PropertyMap } from "../../sandbox/plugins/grpc/property-value.ts";
import type { Registered } from "./resource-graph.ts";
import { stackGraph } from "./stack-graph.ts";
import { type Notifications, notificationsOf, ruleOf, type RoutingRule } from "./notifications.ts";

/** A monitor as the stack declares it. */
export interface DeclaredMonitor extends Evaluated {
  /** Name of the resource. */
  readonly key: string;
  readonly title: string;
  readonly priority: number;
  readonly tags: readonly string[];
  /** Ids of the monitors that the objective of a burn alert is made of; absent if it counts events. */
  readonly downtimeOf?: readonly number[];
  readonly notifies: Notifications;
}

/** An index of logs: what it takes, and what of that it leaves out. */
export interface LogIndex {
  readonly filter: string;
  readonly exclusions: readonly string[];
}

/** The parts of the stack that process signals. */
export interface Declared {
  readonly monitors: readonly DeclaredMonitor[];
  readonly slos: readonly Slo[];
  /** As `POST /api/v1/dashboard` takes them. */
  readonly dashboards: readonly string[];
  readonly pipelines: readonly Pipeline[];
  readonly metrics: readonly LogsMetric[];
  /** Absent: every log is indexed. */
  readonly index?: LogIndex;
  /** Steps of the synthetic checkout, and the monitor that its runs decide over. */
  readonly checkout?: { readonly monitor: number; readonly config: TestDefinition["config"] };
  /** The agent's rules for the container of each Deployment that has some. */
  readonly logs: ReadonlyMap<string, LogConfig>;
}

/** Tags that the agent puts on everything, as the sandbox's configuration names the place. */
export const placeTags = ["kube_cluster_name:sock-shop-sandbox", "kube_namespace:sock-shop"];

const handle = "@the-person-on-call";

const types = {
  monitor: "datadog:index/monitor:Monitor",
  dashboard: "datadog:index/dashboardJson:DashboardJson",
  slo: "datadog:index/serviceLevelObjective:ServiceLevelObjective",
  pipeline: "datadog:index/logsCustomPipeline:LogsCustomPipeline",
  metric: "datadog:index/logsMetric:LogsMetric",
  rule: "datadog:index/monitorNotificationRule:MonitorNotificationRule",
  synthetics: "datadog:index/syntheticsTest:SyntheticsTest",
  index: "datadog:index/logsIndex:LogsIndex",
  deployment: "kubernetes:apps/v1:Deployment",
} as const;

/** Runs the program against mocks, and takes what it declares as the plugin would send it. */
export async function declaredStack(
  imageSet: string,
  synthetics: "none" | "private" = "none",
  routing: "messages" | "rules" = "messages",
  more: Readonly<Record<string, string>> = {},
): Promise<Declared> {
  const ids = new Map<string, number>();
  const idOf = (type: string, name: string): string | undefined => {
    if (type !== types.monitor) return undefined;
    const id = ids.get(name) ?? 1000 + ids.size;
    ids.set(name, id);
    return String(id);
  };
  const config = {
    "sock-shop:images": JSON.stringify({ set: imageSet }),
    "sock-shop:notify": JSON.stringify([handle]),
    "sock-shop:synthetics": synthetics,
    "sock-shop:routing": routing,
    ...more,
  };
  const { resources } = await stackGraph(config, [], idOf);
  const bodies = async (type: string) =>
    Promise.all(
      resources
        .filter((resource) => resource.type === type)
        .map(async ({ name, inputs }) => [name, await bodyOf(type, inputs)] as const),
    );
  const [index] = resources.filter(({ type }) => type === types.index).map(indexOf);
  const slos = (await bodies(types.slo)).map(([name, body]) => {
    return { ...body, id: `${name}-id` } as unknown as Slo;
  });
  const rules = (await bodies(types.rule)).map(([, body]) => ruleOf(body));
  const [test] = (await bodies(types.synthetics)).map(([key, body]) => {
    return { key, test: { ...body, monitor_id: syntheticsId } as unknown as SyntheticsTest };
  });
  const monitors = (await bodies(types.monitor)).map(([key, body]) => {
    const monitor = monitorOf(key, ids.get(key) ?? 0, body, rules);
    return { ...monitor, ...downtimeOf(monitor, slos) };
  });
  return {
    ...(index && { index }),
    monitors: [
      ...monitors,
      ...(test ? [monitorOf(test.key, syntheticsId, { ...monitorOfTest(test.test) }, rules)] : []),
    ],
    ...(test && { checkout: { monitor: syntheticsId, config: configOf(test.test) } }),
    slos,
    dashboards: resources
      .filter(({ type }) => type === types.dashboard)
      .map(({ inputs }) => String(inputs["dashboard"])),
    pipelines: (await bodies(types.pipeline)).map(([, body]) => body as unknown as Pipeline),
    metrics: (await bodies(types.metric)).map(([, body]) => body["data"] as LogsMetric),
    logs: new Map(
      resources.filter(({ type }) => type === types.deployment).flatMap((one) => logConfigOf(one)),
    ),
  };
}

/** Id of the monitor that Datadog makes of the synthetic test. */
const syntheticsId = 999;

function configOf({ config }: SyntheticsTest): TestDefinition["config"] {
  return config as TestDefinition["config"];
}

async function bodyOf(
  type: string,
  inputs: Registered["inputs"],
): Promise<Readonly<Record<string, unknown>>> {
  const data = type === types.slo ? [{ id: "any" }] : { id: "any" };
  const answer = { id: "any", public_id: "any", data };
  const [request] = await created(type, inputs as PropertyMap, answer);
  return request?.body as Readonly<Record<string, unknown>>;
}

function monitorOf(
  key: string,
  id: number,
  body: Readonly<Record<string, unknown>>,
  rules: readonly RoutingRule[],
): DeclaredMonitor {
  const {
    name,
    type,
    query,
    options,
    message,
    priority,
    tags = [],
  } = body as unknown as Evaluated & {
    readonly name: string;
    readonly message: string;
    readonly priority: number;
    readonly tags?: readonly string[];
  };
  const notifies = notificationsOf({ message, tags }, rules, handle);
  return { key, id, title: name, type, query, options, priority, tags, notifies };
}

function downtimeOf(
  { type, query }: Evaluated,
  slos: readonly Slo[],
): Pick<DeclaredMonitor, "downtimeOf"> {
  const plan = planOf(type, query);
  const slo = plan.kind === "slo" ? slos.find(({ id }) => id === plan.slo) : undefined;
  return slo?.monitor_ids === undefined ? {} : { downtimeOf: slo.monitor_ids };
}

function indexOf({ inputs }: Registered): LogIndex {
  interface Filtered {
    readonly filters: readonly { readonly query: string }[];
  }
  const { filters, exclusionFilters } = inputs as unknown as Filtered & {
    readonly exclusionFilters: readonly Filtered[];
  };
  return {
    filter: filters[0]?.query ?? "*",
    exclusions: exclusionFilters.flatMap((one) => one.filters.map(({ query }) => query)),
  };
}

interface Template {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
    };
  };
}

function logConfigOf({ name, inputs }: Registered): [string, LogConfig][] {
  const { annotations = {} } = (inputs as unknown as Template).spec.template.metadata;
  const text = annotations[`ad.datadoghq.com/${name}.logs`];
  return text === undefined ? [] : [[name, readLogConfig(text)]];
}
