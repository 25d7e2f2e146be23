import { expect } from "chai";
import fc from "fast-check";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import {
  Secret,
  UNKNOWN,
  type PropertyValue,
} from "../../../../sandbox/plugins/grpc/property-value.ts";
import { fromStruct, toStruct } from "../../../../sandbox/plugins/grpc/wire-value.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const struct = (value: Record<string, JavaScriptValue>) => structPb.Struct.fromJavaScript(value);

const names = fc.string().filter((name) => name !== "__proto__");
const { value: anyValue } = fc.letrec<{ value: PropertyValue; flat: PropertyValue }>((tie) => ({
  flat: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<PropertyValue>(null, true, false, UNKNOWN),
    fc.double({ noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(names, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
  value: fc.oneof(
    tie("flat"),
    tie("flat").map((content) => new Secret(content)),
  ),
}));

describe("wire values of the engine", () => {
  it("come back as they were sent", () => {
    const maps = fc.dictionary(names, anyValue, { maxKeys: 5, noNullPrototype: true });

    fc.assert(
      fc.property(maps, (properties) => {
        expect(fromStruct(toStruct(properties))).to.deep.equal(properties);
      }),
    );
  });

  it("mark a secret by the engine's signature, at any depth", () => {
    const sent = toStruct({ list: [{ key: new Secret("s3cret") }] }).toJavaScript();

    expect(sent).to.deep.equal({ list: [{ key: { [SIGNATURE]: SECRET, value: "s3cret" } }] });
  });

  it("write an unknown as the engine's sentinel for strings", () => {
    expect(toStruct({ id: UNKNOWN }).toJavaScript()).to.deep.equal({ id: UNKNOWN_STRING });
  });

  it("read the sentinel of every type as unknown", () => {
    const received = fromStruct(
      struct({
        bool: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
        text: "04da6b54-80e4-46f7-96ec-b56ff0331ba8",
      }),
    );

    expect(received).to.deep.equal({
      bool: UNKNOWN,
      number: UNKNOWN,
      list: UNKNOWN,
      object: UNKNOWN,
      text: "04da6b54-80e4-46f7-96ec-b56ff0331ba8",
    });
  });

  it("read an output value as its value, secret or unknown", () => {
    const output = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };

    const received = fromStruct(
      struct({
        plain: { ...output, value: 1, dependencies: ["urn:x"] },
        secret: { ...output, value: 1, secret: true },
        unknown: output,
      }),
    );

    expect(received).to.deep.equal({ plain: 1, secret: new Secret(1), unknown: UNKNOWN });
  });

  it("leave out undefined and keep null", () => {
    expect(toStruct({ a: undefined, b: null, c: [{ d: undefined }] }).toJavaScript()).to.deep.equal(
      { b: null, c: [{}] },
    );
  });

  it("read an absent struct as no properties", () => {
    expect(fromStruct(undefined)).to.deep.equal({});
  });

  const refused = [
    ["an asset", "c44067f5952c0a294b673a41bacd8c17"],
    ["an archive", "0def7320c3a5731c473e5ecbe6d01bc7"],
    ["a resource reference", "5cf8f73096256a8f31e491e813e4eb8e"],
    ["a value of an unknown kind", "00000000000000000000000000000000"],
  ] as const;
  for (const [kind, signature] of refused) {
    it(`refuse ${kind}`, () => {
      const sent = struct({ file: { [SIGNATURE]: signature, text: "x" } });

      expect(() => fromStruct(sent)).to.throw(
        `${kind} is not supported by this stand-in: pass plain data instead`,
      );
    });
  }
});
