import type { Scope } from "../../datadog/queries.ts";

/** A bucket of S3, and the role by which Datadog writes to it. */
export interface S3Bucket {
  readonly bucket: string;

  /** Folder in the bucket. */
  readonly path?: string | undefined;

  /** Digits of the AWS account. */
  readonly accountId: string;
  readonly roleName: string;
}

/** The archive of all lines, indexed or not, as the resource takes it. */
export function archiveArgs({ clusterName, namespace }: Scope, target: S3Bucket) {
  const { path, ...bucket } = target;
  return {
    name: `Sock Shop (${clusterName})`,
    query: `kube_namespace:${namespace}`,
    includeTags: true,
    s3Archive: { ...bucket, ...(path !== undefined && { path }) },
  };
}
