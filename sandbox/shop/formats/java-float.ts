declare global {
  interface JSON {
    /** Text that `JSON.stringify` writes as it is (V8 11.4 and later). */
    rawJSON(text: string): unknown;
  }
}

/** Java's `Float.toString` for the sizes a price can have: shortest digits that name the float. */
export function javaFloat(value: number): string {
  const float = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const candidate = float.toPrecision(digits);
    if (Math.fround(Number(candidate)) === float) {
      const shortest = String(Number(candidate));
      return /[.e]/.test(shortest) ? shortest : `${shortest}.0`;
    }
  }
  return String(float);
}

const floatFields: ReadonlySet<string> = new Set(["unitPrice", "total", "amount"]);

/** JSON as Jackson writes our entities: their float fields as Java prints floats (`15.0`). */
export function jacksonJson(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) =>
    typeof inner === "number" && floatFields.has(key) ? JSON.rawJSON(javaFloat(inner)) : inner,
  );
}
