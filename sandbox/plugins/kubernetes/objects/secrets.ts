import {
  containsSecrets,
  isPropertyList,
  isPropertyMap,
  reveal,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";
import { valueAt, withValue } from "./kube-object.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * The object with everything secret that is secret in `like`, and with the content of a Secret
 * always so, whether or not the program said it.
 *
 * Maps are compared entry by entry; a list with one secret in it is secret as a whole, because
 * the server may reorder lists.
 */
export function withSecretsLike(object: PropertyMap, like: PropertyMap): PropertyMap {
  if (object["kind"] === "Secret") return withSecretContent(object);
  const entries = Object.entries(object).map(([name, value]) => [
    name,
    secretLike(value, like[name]),
  ]);
  return Object.fromEntries(entries) as PropertyMap;
}

function secretLike(value: PropertyValue | undefined, like: PropertyValue | undefined) {
  if (value === undefined || value instanceof Secret) return value;
  if (isPropertyMap(value) && isPropertyMap(like)) return withSecretsLike(value, like);
  return containsSecrets(like) ? new Secret(value) : value;
}

function withSecretContent(object: PropertyMap): PropertyMap {
  const copied = [["metadata", "annotations", LAST_APPLIED], ["data"], ["stringData"]];
  return copied.reduce<PropertyMap>((it, path) => {
    const value = valueAt(it, path);
    return value === undefined ? it : withValue(it, path, new Secret(value));
  }, object);
}

/**
 * Replaces secret texts of the inputs in messages: the API server quotes values that it refuses.
 * Short ones are left, since replacing "1" everywhere would tell more than it hides.
 */
export function redactor(marked: PropertyMap): (message: string) => string {
  const texts = secretTexts(withSecretsLike(marked, marked)).filter((it) => it.length > 3);
  const longestFirst = [...new Set(texts)].sort((a, b) => b.length - a.length);
  return (message) => longestFirst.reduce((it, text) => it.replaceAll(text, "[secret]"), message);
}

function secretTexts(value: PropertyValue | undefined): readonly string[] {
  if (value instanceof Secret) return textsOf(reveal(value)).flatMap(withDecoded);
  if (isPropertyList(value)) return value.flatMap(secretTexts);
  return isPropertyMap(value) ? Object.values(value).flatMap(secretTexts) : [];
}

function textsOf(value: PropertyValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (isPropertyList(value)) return value.flatMap(textsOf);
  return isPropertyMap(value) ? Object.values(value).flatMap(textsOf) : [];
}

function withDecoded(text: string): readonly string[] {
  const decoded = Buffer.from(text, "base64");
  return decoded.toString("base64") === text ? [text, decoded.toString()] : [text];
}
