/** What requests and answers of the API are made of; also inputs that hold nothing unknown. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;

/** `undefined` is the same as absent, and is not sent. */
export interface JsonMap {
  readonly [name: string]: Json | undefined;
}

export function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
