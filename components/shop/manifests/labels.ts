import { datadogService } from "../catalogue.ts";
import type { Workload } from "./workload.ts";

/** The one label that Services, policies and Deployments select pods by, as upstream does. */
export function podSelector(name: string): { name: string } {
  return { name };
}

/** Standard labels and Datadog's unified service tags, the same on a Deployment and on its pods. */
export function workloadLabels({ spec, container, env }: Workload): Record<string, string> {
  const version = imageVersion(container.image);
  return {
    ...podSelector(spec.name),
    "app.kubernetes.io/name": spec.name,
    "app.kubernetes.io/component": spec.tier,
    "app.kubernetes.io/part-of": "sock-shop",
    "app.kubernetes.io/managed-by": "pulumi",
    "app.kubernetes.io/version": version,
    "tags.datadoghq.com/env": env,
    "tags.datadoghq.com/service": datadogService(spec.name),
    "tags.datadoghq.com/version": version,
  };
}

/** The tag of an image as a label value; the start of its digest where there is no tag. */
export function imageVersion(image: string): string {
  const [reference = "", digest] = image.split("@");
  const tag = /:([^/:]+)$/.exec(reference)?.[1];
  const version = tag ?? digest?.replace(/^\w+:/, "").slice(0, 12) ?? "latest";
  return version.slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}
