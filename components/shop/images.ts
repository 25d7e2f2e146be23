import type { ServiceName } from "./catalogue.ts";

/** Everything that comes with a container image and must change together with it. */
export interface ContainerSpec {
  /** Reference with a tag. */
  readonly image: string;

  /** Port that the process listens on. */
  readonly port: number;

  /** User and group, numeric because the kubelet cannot prove that a named user is not root. */
  readonly uid: number;
  readonly gid: number;

  /** Replaces the image's entrypoint. */
  readonly command?: readonly string[];

  /** Replaces the image's arguments. */
  readonly args?: readonly string[];

  readonly env?: Readonly<Record<string, string>>;

  /** Variables taken from the Secret named like the service: variable name to key. */
  readonly secretEnv?: Readonly<Record<string, string>>;

  /** How readiness shows: a request that answers 2xx, or a port that accepts connections. */
  readonly ready: { readonly path: string } | "port";

  /** Longest start in seconds before the pod is restarted. */
  readonly startSeconds: number;

  /** Folders the process writes to; the rest of its file system is read-only. */
  readonly writable: readonly string[];
}

/** One coherent set of images: a container for every service. */
export type ImageSet = Readonly<Record<ServiceName, ContainerSpec>>;

/** Secret key that holds the password of catalogue-db's administrator. */
export const rootPasswordKey = "root-password";

const app = { uid: 10001, gid: 10001 };
const heap = ["-Xms64m", "-Xmx128m", "-XX:+UseG1GC", "-Djava.security.egd=file:/dev/urandom"];
const noZipkin = "-Dspring.zipkin.enabled=false";

// A JVM on half a CPU takes a minute; the port opens only after Spring has started. Their /health
// asks the database and waits up to 10 s for it, so it must not decide whether a pod gets traffic.
const java = { ready: "port", startSeconds: 300, writable: ["/tmp"] } as const;
const go = { ready: { path: "/health" }, startSeconds: 60, writable: [] } as const;
const store = { ready: "port", startSeconds: 180 } as const;

/** Shared by all sets: the old Java driver speaks OP_QUERY, which mongo after 5.0 dropped; 5.0 needs AVX. */
const mongo: ContainerSpec = {
  ...store,
  image: "mongo:4.4.29",
  port: 27017,
  uid: 999,
  gid: 999,
  writable: ["/data/db", "/data/configdb", "/tmp"],
};
const rabbitmq: ContainerSpec = {
  ...store,
  image: "rabbitmq:3.13-management",
  port: 5672,
  uid: 999,
  gid: 999,
  env: { HOME: "/var/lib/rabbitmq" },
  writable: ["/var/lib/rabbitmq", "/var/log/rabbitmq", "/tmp"],
};
const redis: ContainerSpec = {
  ...store,
  image: "redis:7.2-alpine",
  port: 6379,
  uid: 999,
  gid: 1000,
  writable: ["/data"],
};

// user-db's image declares /data/db-users a volume with the seed users in it: the runtime keeps
// that folder writable. Mounting anything there would hide the users, "user" among them.
const seededUsers = { ...store, port: 27017, uid: 999, gid: 999, writable: ["/data/db", "/tmp"] };

const weaveJava = {
  ...app,
  ...java,
  port: 80,
  env: { JAVA_OPTS: [...heap, noZipkin].join(" ") },
};
const weave: ImageSet = {
  carts: { ...weaveJava, image: "weaveworksdemos/carts:0.4.8" },
  "carts-db": mongo,
  catalogue: {
    ...app,
    ...go,
    image: "weaveworksdemos/catalogue:0.3.5",
    port: 80,
    command: ["/app"],
    args: ["-port=80"],
  },
  "catalogue-db": {
    ...store,
    image: "weaveworksdemos/catalogue-db:0.3.0",
    port: 3306,
    uid: 999,
    gid: 999,
    env: { MYSQL_DATABASE: "socksdb" },
    secretEnv: { MYSQL_ROOT_PASSWORD: rootPasswordKey },
    writable: ["/var/lib/mysql", "/var/run/mysqld", "/tmp"],
  },
  "front-end": {
    ...app,
    ready: { path: "/" },
    startSeconds: 120,
    image: "weaveworksdemos/front-end:0.3.12",
    port: 8079,
    env: { SESSION_REDIS: "true", HOME: "/tmp" },
    writable: ["/tmp"],
  },
  orders: { ...weaveJava, image: "weaveworksdemos/orders:0.4.7" },
  "orders-db": mongo,
  payment: {
    ...app,
    ...go,
    image: "weaveworksdemos/payment:0.4.3",
    port: 80,
    command: ["/app"],
    // This release declines above 100 unless told, and the "Holy" socks cost 104.98.
    args: ["-port=80", "-decline=105"],
  },
  "queue-master": { ...weaveJava, image: "weaveworksdemos/queue-master:0.3.1" },
  rabbitmq,
  "session-db": redis,
  shipping: { ...weaveJava, image: "weaveworksdemos/shipping:0.4.8" },
  user: {
    ...app,
    ...go,
    image: "weaveworksdemos/user:0.4.7",
    port: 80,
    command: ["/user"],
    args: ["-port=80"],
    env: { HATEAOS: "user", USER_DATABASE: "mongodb", MONGO_HOST: "user-db:27017" },
  },
  "user-db": { ...seededUsers, image: "weaveworksdemos/user-db:0.3.0" },
};

const launcher = "org.springframework.boot.loader.PropertiesLauncher";
const quayJava = (jar: string) => ({
  ...app,
  ...java,
  port: 8080,
  command: ["/usr/bin/java"],
  args: ["-cp", jar, ...heap, noZipkin, "-Dloader.path=/opt/lib", launcher, "--port=8080"],
});
const quay: ImageSet = {
  carts: { ...quayJava("/opt/app.jar"), image: "quay.io/powercloud/sock-shop-carts:latest" },
  "carts-db": mongo,
  catalogue: {
    ...app,
    ...go,
    image: "quay.io/powercloud/sock-shop-catalogue:latest",
    port: 8080,
    command: ["/opt/app"],
    args: ["-port=8080"],
  },
  "catalogue-db": {
    ...store,
    image: "quay.io/powercloud/sock-shop-catalogue-db:latest",
    port: 3306,
    uid: 999,
    gid: 999,
    env: { MARIADB_DATABASE: "socksdb" },
    secretEnv: { MARIADB_ROOT_PASSWORD: rootPasswordKey },
    writable: ["/var/lib/mysql", "/run/mysqld", "/tmp"],
  },
  "front-end": {
    ...app,
    ready: { path: "/" },
    startSeconds: 120,
    image: "quay.io/powercloud/sock-shop-front-end:latest",
    port: 8079,
    command: ["/usr/bin/npm"],
    args: ["start"],
    env: { SESSION_REDIS: "true", npm_config_cache: "/tmp/.npm" },
    writable: ["/tmp"],
  },
  orders: { ...quayJava("/app.jar"), image: "quay.io/powercloud/sock-shop-orders:latest" },
  "orders-db": mongo,
  payment: {
    ...app,
    ...go,
    image: "quay.io/powercloud/sock-shop-payment:latest",
    port: 8080,
    command: ["/payment/app"],
    args: ["-port=8080"],
  },
  "queue-master": {
    ...quayJava("/opt/app.jar"),
    image: "quay.io/powercloud/sock-shop-queue-master:latest",
  },
  rabbitmq,
  "session-db": redis,
  shipping: { ...quayJava("/opt/app.jar"), image: "quay.io/powercloud/sock-shop-shipping:latest" },
  user: {
    ...app,
    ...go,
    image: "quay.io/powercloud/sock-shop-user:latest",
    port: 8080,
    command: ["/opt/user"],
    args: ["-port=8080", "-mongo-host=user-db:27017"],
    env: { HATEAOS: "user", USER_DATABASE: "mongodb" },
  },
  "user-db": { ...seededUsers, image: "quay.io/powercloud/sock-shop-user-db:latest" },
};

// The runbook's own builds. They are in no registry: `kind load docker-image` brings them. orders
// became available only without the command of the quay manifests, on port 80.
const statusFix: ImageSet = {
  ...quay,
  orders: { ...weaveJava, image: "quay.io/powercloud/sock-shop-orders:v1.0-status-fix" },
  "front-end": {
    ...quay["front-end"],
    image: "quay.io/powercloud/sock-shop-front-end:v1.1-error-fix",
  },
};

/** The image sets by the name that the stack's configuration gives them. */
export const imageSets = { weave, quay, "status-fix": statusFix } as const;

export type ImageSetName = keyof typeof imageSets;
