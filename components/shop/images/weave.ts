import {
  app,
  boundedMysql,
  frontEnd,
  go,
  java,
  jvmOptions,
  mongo,
  rabbitmq,
  redis,
  seededUsers,
  store,
  user,
} from "./common.ts";
import { type ImageSet, rootPasswordKey } from "./container-spec.ts";

/** Upstream's Java images start by a script that reads JAVA_OPTS. */
export const weaveJava = {
  ...app,
  ...java,
  port: 80,
  env: { JAVA_OPTS: jvmOptions.join(" ") },
};
/** Upstream's releases on Docker Hub, which listen on port 80. */
export const weave: ImageSet = {
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
    ...boundedMysql,
    image: "weaveworksdemos/catalogue-db:0.3.0",
    port: 3306,
    uid: 999,
    gid: 999,
    env: { MYSQL_DATABASE: "socksdb" },
    secretEnv: { MYSQL_ROOT_PASSWORD: rootPasswordKey },
    writable: ["/var/lib/mysql", "/var/run/mysqld", "/tmp"],
  },
  "front-end": {
    ...frontEnd,
    image: "weaveworksdemos/front-end:0.3.12",
    env: { SESSION_REDIS: "true" },
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
    ...user,
    image: "weaveworksdemos/user:0.4.7",
    port: 80,
    command: ["/user"],
    args: ["-port=80"],
    env: { HATEAOS: "user", USER_DATABASE: "mongodb", MONGO_HOST: "user-db:27017" },
  },
  "user-db": { ...seededUsers, image: "weaveworksdemos/user-db:0.3.0" },
};
