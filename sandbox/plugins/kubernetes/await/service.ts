import {
  isOwnedBy,
  mapAt,
  mapsAt,
  selects,
  stringAt,
  uidOf,
  valueAt,
  type KubeObject,
} from "../objects/kube-object.ts";
import { done, pending, type ReadyRule, type AwaitResult, type View } from "./await-result.ts";

const READY = "Service initialization complete";
const NO_PODS =
  "Service does not target any Pods. Selected Pods may not be ready, or " +
  "field '.spec.selector' may not match labels on any Pods";
const NO_ADDRESS =
  "Service was not allocated an IP address; does your cloud provider support this?";

/**
 * Ready when its endpoints are exactly the pods that its selector matches, and all serve. None at
 * all will do: an app scaled to 0 is no failure of its Service.
 *
 * The official plugin waits until endpoints have not changed for 10 s instead. Comparing them with
 * the pods tells at once whether the endpoint controller has caught up.
 */
export const serviceRule: ReadyRule = {
  related: [
    { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" },
    { apiVersion: "v1", kind: "Pod" },
  ],
  judge,
  // Without an endpoint controller there is nothing to learn, but nothing wrong either.
  passesAtTimeout: (view) => hasAddress(view.object) && unreadyEndpoints(slicesOf(view)) === 0,
};

function judge(view: View): AwaitResult {
  const { object } = view;
  if (!hasAddress(object)) {
    return pending("[2/3] Attempting to allocate IP address to Service", [NO_ADDRESS]);
  }
  if (!hasEndpointsOfPods(object)) return done(READY);
  const slices = slicesOf(view);
  if (!areCaughtUp(slices, podsOf(view))) {
    return pending("[1/3] Finding Pods to direct traffic to", [NO_PODS]);
  }
  const unready = unreadyEndpoints(slices);
  if (unready === 0) return done(READY);
  return pending(`[1/3] Waiting for Pods to accept traffic (${unready} not ready)`, [
    `${unready} of the Pods that the Service targets are not ready`,
  ]);
}

function hasAddress(service: KubeObject): boolean {
  if (stringAt(service, "spec", "type") !== "LoadBalancer") return true;
  return mapsAt(service, "status", "loadBalancer", "ingress").length > 0;
}

/** Headless, external and selector-less Services are ready as such, like in the official plugin. */
function hasEndpointsOfPods(service: KubeObject): boolean {
  return (
    stringAt(service, "spec", "clusterIP") !== "None" &&
    stringAt(service, "spec", "type") !== "ExternalName" &&
    Object.keys(mapAt(service, "spec", "selector")).length > 0
  );
}

function slicesOf({ object, others }: View): readonly KubeObject[] {
  return others("EndpointSlice").filter((it) => isOwnedBy(it, object));
}

/** Pods that must become endpoints: those with an address which are not ending. */
function podsOf({ object, others }: View): readonly KubeObject[] {
  const selector = mapAt(object, "spec", "selector");
  return others("Pod").filter(
    (it) =>
      selects(selector, it) &&
      stringAt(it, "status", "podIP") !== "" &&
      !["Succeeded", "Failed"].includes(stringAt(it, "status", "phase")) &&
      valueAt(it, ["metadata", "deletionTimestamp"]) === undefined,
  );
}

/** A Service has a slice as soon as the controller has seen it, even with no pods. */
function areCaughtUp(slices: readonly KubeObject[], pods: readonly KubeObject[]): boolean {
  if (slices.length === 0) return false;
  const targets = new Set(endpointsOf(slices).map((it) => stringAt(it, "targetRef", "uid")));
  return pods.length === targets.size && pods.every((it) => targets.has(uidOf(it)));
}

function unreadyEndpoints(slices: readonly KubeObject[]): number {
  const unready = endpointsOf(slices).filter((it) => {
    return valueAt(it, ["conditions", "ready"]) === false;
  });
  return new Set(unready.map((it) => stringAt(it, "targetRef", "uid"))).size;
}

function endpointsOf(slices: readonly KubeObject[]): readonly KubeObject[] {
  return slices
    .flatMap((it) => mapsAt(it, "endpoints"))
    .filter((it) => valueAt(it, ["conditions", "terminating"]) !== true)
    .filter((it) => stringAt(it, "targetRef", "uid") !== "");
}
