import type { ContainerSpec } from "./container-spec.ts";

/** The user that every application image is built for. */
export const app = { uid: 10001, gid: 10001 };
export const jvmOptions = [
  "-Xms64m",
  "-Xmx128m",
  "-XX:+UseG1GC",
  "-Djava.security.egd=file:/dev/urandom",
  "-Dspring.zipkin.enabled=false",
];

// A JVM on half a CPU takes a minute; the port opens only after Spring has started. Their /health
// asks the database and waits up to 10 s for it, so it must not decide whether a pod gets traffic.
export const java = { ready: "port", startSeconds: 300, writable: ["/tmp"] } as const;
export const go = { ready: { path: "/health" }, startSeconds: 60, writable: [] } as const;
export const store = { ready: "port", startSeconds: 180 } as const;

/** user opens its port only after it has reached user-db, whose image may still be pulled. */
export const user = { ...go, startSeconds: 600 } as const;

// As pid 1, npm does not forward SIGTERM and Node.js ignores it: the kubelet would wait for the whole
// grace period. Orders on their way get as long as orders itself may take to answer.
const endOnSigterm = "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 6000));";

/** front-end, without npm. Its folder is the image's working directory. */
export const frontEnd = {
  ...app,
  ready: { path: "/" },
  startSeconds: 120,
  port: 8079,
  command: ["node"],
  args: ["-e", `${endOnSigterm} require('./server.js')`],
  writable: ["/tmp"],
} as const;

/**
 * Starts MySQL 5.7 with a bounded number of open files. It allocates memory for as many as it may
 * open, about 16 GB where the limit is 2^30, as on nodes whose containerd has no limit.
 */
export const boundedMysql = {
  command: ["sh", "-c", 'ulimit -n 65536; exec docker-entrypoint.sh "$@"', "mysql"],
  args: ["mysqld"],
} as const;

// The stores are the same in all sets.

/** The services' old Java driver speaks OP_QUERY, which mongo dropped after 5.0; 5.0 needs AVX. */
export const mongo: ContainerSpec = {
  ...store,
  image: "mongo:4.4.29",
  port: 27017,
  uid: 999,
  gid: 999,
  writable: ["/data/db", "/data/configdb", "/tmp"],
};
export const rabbitmq: ContainerSpec = {
  ...store,
  image: "rabbitmq:3.13.7-management",
  port: 5672,
  uid: 999,
  gid: 999,
  env: { HOME: "/var/lib/rabbitmq" },
  writable: ["/var/lib/rabbitmq", "/var/log/rabbitmq", "/tmp"],
};
export const redis: ContainerSpec = {
  ...store,
  image: "redis:7.2.5-alpine",
  port: 6379,
  uid: 999,
  gid: 1000,
  writable: ["/data"],
};

// user-db's image declares /data/db-users a volume with the seed users in it: the runtime keeps
// that folder writable. Mounting anything there would hide the users, "user" among them.
export const seededUsers = {
  ...store,
  port: 27017,
  uid: 999,
  gid: 999,
  writable: ["/data/db", "/tmp"],
};
