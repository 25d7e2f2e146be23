import { readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import type { User } from "@kubernetes/client-node/dist/config_types.js";
import type { Connection } from "./kubeconfig.ts";

/**
 * Certificates and headers for requests to the cluster. Log-ins by an external command or a cloud
 * provider, and proxies, are left to the Kubernetes client library; it takes most of a second to
 * load, hence only where it is needed.
 */
export async function requestOptions(connection: Connection): Promise<RequestOptions> {
  const { cluster, user } = connection;
  const isPlain =
    user?.exec === undefined && user?.authProvider === undefined && cluster.proxyUrl === undefined;
  return isPlain ? plainOptions(connection) : await libraryOptions(connection);
}

function plainOptions({ cluster, user }: Connection): RequestOptions {
  return {
    ca: fileOrData(cluster.caFile, cluster.caData),
    cert: fileOrData(user?.certFile, user?.certData),
    key: fileOrData(user?.keyFile, user?.keyData),
    servername: cluster.tlsServerName,
    rejectUnauthorized: !cluster.skipTLSVerify,
    headers: user === undefined ? {} : loginHeaders(user),
  };
}

function loginHeaders(user: User): Record<string, string> {
  const headers: Record<string, string> = {};
  if (user.impersonateUser !== undefined) headers["impersonate-user"] = user.impersonateUser;
  if (user.token !== undefined) headers["authorization"] = `Bearer ${user.token}`;
  else if (user.username !== undefined) {
    const pair = Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64");
    headers["authorization"] = `Basic ${pair}`;
  }
  return headers;
}

async function libraryOptions({ cluster, user }: Connection): Promise<RequestOptions> {
  const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
  const name = "chosen";
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [cluster],
    users: user === undefined ? [] : [user],
    contexts: [{ name, cluster: cluster.name, user: user?.name ?? "" }],
    currentContext: name,
  });
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return options;
}

function fileOrData(file: string | undefined, data: string | undefined): Buffer | undefined {
  if (data !== undefined) return Buffer.from(data, "base64");
  return file === undefined ? undefined : readFileSync(file);
}
