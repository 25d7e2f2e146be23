import { mapsAt, nameOf, stringAt, type KubeObject } from "../objects/kube-object.ts";
import { done, pending, type ReadyRule, type AwaitResult, type View } from "./await-result.ts";

/** Ready when each backend Service exists and an address was given. */
export const ingressRule: ReadyRule = {
  related: [{ apiVersion: "v1", kind: "Service" }],
  judge,
};

function judge({ object, others }: View): AwaitResult {
  const known = new Set(others("Service").map(nameOf));
  const missing = backendsOf(object).filter((it) => !known.has(it));
  if (missing.length > 0) {
    return pending("[1/3] Finding a matching service for each Ingress path", [
      `Ingress has at least one rule with an unavailable target endpoint: "${missing.join('", "')}"`,
    ]);
  }
  if (mapsAt(object, "status", "loadBalancer", "ingress").length === 0) {
    return pending("[2/3] Waiting for update of .status.loadBalancer with hostname/IP", [
      "Ingress .status.loadBalancer field was not updated with a hostname/IP address: " +
        "is an ingress controller running?",
    ]);
  }
  return done("Ingress initialization complete");
}

function backendsOf(ingress: KubeObject): readonly string[] {
  const names = mapsAt(ingress, "spec", "rules")
    .flatMap((rule) => mapsAt(rule, "http", "paths"))
    .map((path) => stringAt(path, "backend", "service", "name"));
  return [...new Set(names.filter((it) => it !== ""))];
}
