import {
  isPropertyList,
  isPropertyMap,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";
import { sameValue } from "./compare-inputs.ts";
import { DEFAULTS, type Property, type Shape } from "./shape.ts";

/**
 * The inputs that would declare what is live. What the live object agrees with stays as the
 * program wrote it, so that only real drift shows; what the program leaves out stays out while it
 * is empty or at its default.
 */
export function readInputs(shape: Shape, live: PropertyMap, old: PropertyMap): PropertyMap {
  const entries = Object.entries(shape).flatMap(([name, property]) => {
    const value = readValue(property, live[name], old[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const inputs: PropertyMap = Object.fromEntries(entries);
  const wasDefaulted = isPropertyList(old[DEFAULTS]) ? old[DEFAULTS] : [];
  const defaulted = wasDefaulted.filter(
    (name) => typeof name === "string" && inputs[name] === old[name],
  );
  return { ...inputs, [DEFAULTS]: defaulted };
}

function readValue(
  property: Property,
  live: PropertyValue | undefined,
  old: PropertyValue | undefined,
): PropertyValue | undefined {
  // What the API does not tell cannot have drifted.
  if (live === undefined || live === null || property.local) return old;
  if (sameValue(property, live, old) || isLeftOut(property, live, old)) return old;
  if (old instanceof Secret) return new Secret(readValue(property, live, old.value) ?? null);
  return readParts(property, live, old);
}

/** Whether the program leaves the property to the API, or to its default, and it has it. */
function isLeftOut(property: Property, live: PropertyValue, old: PropertyValue | undefined) {
  if (old !== undefined) return false;
  return property.computed ?? ("default" in property && live === property.default);
}

function readParts(property: Property, live: PropertyValue, old: PropertyValue | undefined) {
  if (property.kind === "object" && isPropertyMap(live)) {
    return readInputs(property.shape, live, isPropertyMap(old) ? old : {});
  }
  if ("of" in property && isPropertyList(live)) {
    const before = isPropertyList(old) ? old : [];
    return live.map((part, index) => readValue(property.of, part, before[index]) ?? part);
  }
  return live;
}
