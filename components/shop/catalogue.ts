/** What a service is for, and so how it is probed, rolled out and named. */
type Tier = "web" | "api" | "worker" | "database" | "cache" | "broker";

/** One sock-shop service: everything about it that holds for every image set. */
export interface ServiceSpec {
  /** Name of the Deployment and the Service: callers have these names compiled in. */
  readonly name: string;
  readonly tier: Tier;

  /** Port of the Service, which callers use; the container's own port comes with its image. */
  readonly servicePort: number;

  /** Name of that port on the Service and on the container. */
  readonly portName: "http" | "mongo" | "mysql" | "redis" | "amqp";

  /** Services that this one opens connections to. */
  readonly calls: readonly string[];

  /** True where stopping the pod loses orders, carts, users or sessions, which live in the pod. */
  readonly keepsData?: true;

  /** CPU and memory asked for, and the limits, in Kubernetes quantities. */
  readonly resources: Resources;
}

interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

const resources = {
  go: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "200m", memory: "200Mi" } },
  java: { requests: { cpu: "100m", memory: "300Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
  node: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "300m", memory: "512Mi" } },
  mongo: { requests: { cpu: "50m", memory: "192Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
  sql: { requests: { cpu: "50m", memory: "256Mi" }, limits: { cpu: "500m", memory: "768Mi" } },
  redis: { requests: { cpu: "20m", memory: "32Mi" }, limits: { cpu: "100m", memory: "128Mi" } },
  rabbit: { requests: { cpu: "100m", memory: "192Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
} as const satisfies Record<string, Resources>;

const api = { tier: "api", servicePort: 80, portName: "http" } as const;
const mongo = {
  tier: "database",
  servicePort: 27017,
  portName: "mongo",
  calls: [],
  keepsData: true,
  resources: resources.mongo,
} as const;

/** All services of the shop. An order travels front-end, orders, payment, shipping, rabbitmq. */
export const catalogue = [
  { ...api, name: "carts", calls: ["carts-db"], resources: resources.java },
  { ...mongo, name: "carts-db" },
  { ...api, name: "catalogue", calls: ["catalogue-db"], resources: resources.go },
  {
    name: "catalogue-db",
    tier: "database",
    servicePort: 3306,
    portName: "mysql",
    calls: [],
    resources: resources.sql,
  },
  {
    name: "front-end",
    tier: "web",
    servicePort: 80,
    portName: "http",
    calls: ["carts", "catalogue", "orders", "session-db", "user"],
    resources: resources.node,
  },
  {
    ...api,
    name: "orders",
    calls: ["carts", "orders-db", "payment", "shipping", "user"],
    resources: resources.java,
  },
  { ...mongo, name: "orders-db" },
  { ...api, name: "payment", calls: [], resources: resources.go },
  {
    ...api,
    name: "queue-master",
    tier: "worker",
    calls: ["rabbitmq"],
    resources: resources.java,
  },
  {
    name: "rabbitmq",
    tier: "broker",
    servicePort: 5672,
    portName: "amqp",
    calls: [],
    keepsData: true,
    resources: resources.rabbit,
  },
  {
    name: "session-db",
    tier: "cache",
    servicePort: 6379,
    portName: "redis",
    calls: [],
    keepsData: true,
    resources: resources.redis,
  },
  { ...api, name: "shipping", calls: ["rabbitmq"], resources: resources.java },
  { ...api, name: "user", calls: ["user-db"], resources: resources.go },
  { ...mongo, name: "user-db" },
] as const satisfies readonly ServiceSpec[];

/** Name of a service; whatever mentions one takes this type, so that a rename breaks the build. */
export type ServiceName = (typeof catalogue)[number]["name"];

/** All service names, in the catalogue's order. */
export const serviceNames = catalogue.map(({ name }) => name);

/** Value of Datadog's `service` tag, which must not depend on the image's name. */
export function datadogService<Name extends ServiceName>(name: Name): `sock-shop-${Name}` {
  return `sock-shop-${name}`;
}
