import type { NamespaceArgs } from "@pulumi/kubernetes/core/v1/namespace.js";

/** The namespace, which admits only pods of the "restricted" Pod Security level. */
export function namespaceArgs(name: string) {
  return {
    metadata: {
      name,
      labels: {
        "app.kubernetes.io/part-of": "sock-shop",
        "app.kubernetes.io/managed-by": "pulumi",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
      },
    },
  } satisfies NamespaceArgs;
}
