import type { ServiceName } from "../catalogue.ts";
import type { ImageSetName } from "./image-sets.ts";

const statusFixOrders = "sock-shop-orders:v1.0-status-fix";

/**
 * Why an image must not replace the one that a set has for a service, as a sentence that begins
 * with "expected"; nothing when it may. An override changes the image alone: ports, commands and
 * users stay those of the set, so an image of another generation would start wrongly or not at all.
 */
export function overrideProblem(
  set: ImageSetName,
  service: ServiceName,
  image: string,
): string | undefined {
  const own = set === "weave" ? "weave" : "quay";
  const generation = generationOf(image);
  if (generation !== undefined && generation !== own) {
    const other = generation === "weave" ? "weave" : "quay or status-fix";
    return refusal(set, `one of another generation, "${image}"`, other);
  }
  const isStatusFix = image.includes(statusFixOrders);
  if (service === "orders" && generation === "quay" && isStatusFix !== (set === "status-fix")) {
    const other = isStatusFix ? "status-fix" : "quay";
    return refusal(set, `"${image}", which listens on another port`, other);
  }
  return mongoProblem(service, image);
}

function refusal(set: ImageSetName, got: string, other: string): string {
  return `expected an image made for set "${set}", got ${got}; set images.set to ${other} instead`;
}

function generationOf(image: string): "weave" | "quay" | undefined {
  if (/(^|\/)weaveworksdemos\//.test(image)) return "weave";
  if (/(^|\/)powercloud\/sock-shop-/.test(image)) return "quay";
  return undefined;
}

/** carts and orders speak OP_QUERY, which mongo dropped after 5.0. */
function mongoProblem(service: ServiceName, image: string): string | undefined {
  if (service !== "carts-db" && service !== "orders-db") return undefined;
  const major = /(?:^|\/)mongo:(\d+)/.exec(image)?.[1];
  if (major === undefined || Number(major) <= 5) return undefined;
  const expected = "expected mongo 5.0 or older, which the Java services can talk to";
  return `${expected}, got "${image}"; take mongo:4.4.29`;
}
