/** What the stand-in must imitate of a container image. */
export interface ImageTraits {
  /** Name of the program inside: `orders`, `payment`, `mongo`, … */
  readonly program: string;

  /**
   * Which of the two code bases: they disagree on how an address and a card are addressed, on the
   * default decline limit and on how much orders logs.
   */
  readonly family: "weave" | "quay";

  /** orders keeps a status per order (CREATED … PAYMENT_FAILED); front-end shows errors. */
  readonly statusFix: boolean;

  /** The image contains its data: users in user-db, socks in catalogue-db. */
  readonly seeded: boolean;
}

const fixTags: Readonly<Record<string, string>> = {
  orders: "v1.0-status-fix",
  "front-end": "v1.1-error-fix",
};
const plainStores = ["mongo", "mongodb", "redis", "redis-7", "rabbitmq", "mysql", "mariadb"];
const seededStores = ["user-db", "catalogue-db"];

/**
 * Reads the traits from an image reference, whatever registry it is mirrored in.
 * Throws for an image that the stand-in does not know: it must not fake a pod.
 */
export function imageTraits(image: string): ImageTraits {
  const { owner, name, tag } = parsedReference(image);
  if (plainStores.includes(name)) {
    return { program: name, family: "weave", statusFix: false, seeded: false };
  }
  const quay = name.startsWith("sock-shop-");
  const program = quay ? name.slice("sock-shop-".length) : name;
  if (!quay && owner !== "weaveworksdemos") throw unknownImage(image);
  return {
    program,
    family: quay ? "quay" : "weave",
    statusFix: quay && fixTags[program] === tag,
    seeded: seededStores.includes(program),
  };
}

/** `registry/owner/name:tag@digest`, of which only the name is always there. */
function parsedReference(image: string) {
  const match = /^(?:.*?([^/]+)\/)?([^/:@]+)(?::([^/@]+))?(?:@.*)?$/.exec(image);
  const [, owner = "", name = "", tag = "latest"] = match ?? [];
  return { owner, name, tag };
}

function unknownImage(image: string): Error {
  return new Error(
    `the sandbox cannot imitate image "${image}": it knows weaveworksdemos/<service>, ` +
      `<registry>/sock-shop-<service>, ${plainStores.join(", ")}`,
  );
}
