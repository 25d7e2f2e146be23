import {
  app,
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
import { weaveJava } from "./weave.ts";

const launcher = "org.springframework.boot.loader.PropertiesLauncher";
const quayJava = (jar: string) => ({
  ...app,
  ...java,
  port: 8080,
  command: ["/usr/bin/java"],
  args: ["-cp", jar, ...jvmOptions, "-Dloader.path=/opt/lib", launcher, "--port=8080"],
});
/** The fork of the runbook's author, which listens on port 8080; it has no tag but latest. */
export const quay: ImageSet = {
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
    ...frontEnd,
    image: "quay.io/powercloud/sock-shop-front-end:latest",
    env: { SESSION_REDIS: "true" },
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
    ...user,
    image: "quay.io/powercloud/sock-shop-user:latest",
    port: 8080,
    command: ["/opt/user"],
    args: ["-port=8080", "-mongo-host=user-db:27017"],
    env: { HATEAOS: "user", USER_DATABASE: "mongodb" },
  },
  "user-db": { ...seededUsers, image: "quay.io/powercloud/sock-shop-user-db:latest" },
};

// The runbook's own builds. They are in no registry: `kind load docker-image` loads them. orders
// became available only without the command of the quay manifests, on port 80.
export const statusFix: ImageSet = {
  ...quay,
  orders: { ...weaveJava, image: "quay.io/powercloud/sock-shop-orders:v1.0-status-fix" },
  "front-end": {
    ...quay["front-end"],
    image: "quay.io/powercloud/sock-shop-front-end:v1.1-error-fix",
  },
};
