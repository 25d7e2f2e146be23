import type { Workload } from "./workload.ts";

/** The one label that Services, policies and Deployments select pods by, as upstream does. */
export function podSelector(name: string): { name: string } {
  return { name };
}

/** What tells the pods of one part of the shop from those of another. */
interface LabelledPods {
  readonly name: string;
  readonly component: string;
  readonly image: string;

  /** Value of Datadog's `env` tag. */
  readonly env: string;
}

/** Standard labels and Datadog's unified service tags, the same on a Deployment and on its pods. */
export function podLabels({ name, component, image, env }: LabelledPods): Record<string, string> {
  const version = imageVersion(image);
  return {
    ...podSelector(name),
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/part-of": "sock-shop",
    "app.kubernetes.io/managed-by": "pulumi",
    "app.kubernetes.io/version": version,
    "tags.datadoghq.com/env": env,
    // as datadogService names them: the image's name says nothing here
    "tags.datadoghq.com/service": `sock-shop-${name}`,
    "tags.datadoghq.com/version": version,
  };
}

/** Labels of a service of the shop. */
export function workloadLabels({ spec, container, env }: Workload): Record<string, string> {
  return podLabels({ name: spec.name, component: spec.tier, image: container.image, env });
}

/** The tag of an image as a label value; the start of its digest where there is no tag. */
export function imageVersion(image: string): string {
  const [reference = "", digest] = image.split("@");
  const tag = /:([^/:]+)$/.exec(reference)?.[1];
  const version = tag ?? digest?.replace(/^\w+:/, "").slice(0, 12) ?? "latest";
  return version.slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}
