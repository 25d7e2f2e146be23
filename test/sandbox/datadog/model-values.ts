import fc from "fast-check";
import {
  type ApiVersion,
  type Attribute,
  elementType,
  modelOf,
  valueType,
} from "../../../sandbox/datadog/http/api-models.ts";

type Values = fc.Arbitrary<unknown>;

const primitives: Partial<Record<string, Values>> = {
  any: fc.jsonValue({ maxDepth: 1 }),
  string: fc.string({ maxLength: 8 }),
  boolean: fc.boolean(),
  number: fc.integer(),
  Date: fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
};

/** Below this depth only what a model requires is generated, and lists are empty. */
const deepest = 5;

/** Any value that fits the type by the official client's models. */
export function modelValues(version: ApiVersion, type: string, depth = 0): Values {
  const primitive = primitives[type];
  if (primitive !== undefined) {
    return primitive;
  }
  const elements = elementType(type);
  if (elements !== undefined) {
    const inner = fc.constant(0).chain(() => modelValues(version, elements, depth + 1));
    return fc.array(inner, { maxLength: depth > deepest ? 0 : 2 });
  }
  const values = valueType(type);
  return values === undefined
    ? valuesOfModel(version, type, depth)
    : fc.dictionary(fc.stringMatching(/^k[a-z]{1,3}$/), modelValues(version, values, depth + 1), {
        maxKeys: 2,
      });
}

function valuesOfModel(version: ApiVersion, type: string, depth: number): Values {
  const model = modelOf(version, type);
  switch (model.kind) {
    case "enum":
      return fc.constantFrom(...model.values);
    case "oneOf":
      return fc
        .constantFrom(...model.members)
        .chain((member) => modelValues(version, member, depth + 1));
    case "object": {
      const kept = model.attributes.filter(({ required }) => required || depth <= deepest);
      return fc
        .tuple(...kept.map((attribute) => attributeValues(version, attribute, depth)))
        .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== undefined)));
    }
  }
}

function attributeValues(
  version: ApiVersion,
  { name, type, required }: Attribute,
  depth: number,
): fc.Arbitrary<[string, unknown] | undefined> {
  const present = fc
    .constant(0)
    .chain(() => modelValues(version, type, depth + 1))
    .map((value): [string, unknown] => [name, value]);
  return required
    ? present
    : fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: present });
}
