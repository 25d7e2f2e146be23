import { imageVersion, podSelector } from "../shop/manifests/labels.ts";

/** Standard labels and Datadog's unified service tags of pods that an incident brings. */
export function incidentLabels(of: {
  readonly name: string;
  readonly component: string;
  readonly image: string;
  readonly env: string;
}): Record<string, string> {
  const version = imageVersion(of.image);
  return {
    ...podSelector(of.name),
    "app.kubernetes.io/name": of.name,
    "app.kubernetes.io/component": of.component,
    "app.kubernetes.io/part-of": "sock-shop",
    "app.kubernetes.io/managed-by": "pulumi",
    "app.kubernetes.io/version": version,
    "tags.datadoghq.com/env": of.env,
    "tags.datadoghq.com/service": `sock-shop-${of.name}`,
    "tags.datadoghq.com/version": version,
  };
}

/** Pod part of the "restricted" Pod Security level. */
export function restrictedPod(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** Container part of the "restricted" level, with a root that nobody writes to. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
