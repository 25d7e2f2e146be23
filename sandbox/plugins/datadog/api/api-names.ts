import { PluginError } from "../../grpc/plugin-error.ts";
import { isJsonMap, type Json, type JsonMap } from "./json.ts";

/** `tagName` as the API writes it: `tag_name`. */
export function apiName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Whether Terraform, and hence the official plugin, takes the value for not set. */
export function isEmpty(value: Json | undefined): boolean {
  const empty = [undefined, null, "", 0, false];
  return empty.includes(value as null) || (Array.isArray(value) && value.length === 0);
}

/** The named properties that are set, as the API writes them. */
export function setProperties(inputs: JsonMap, names: readonly string[]): JsonMap {
  const entries = names.filter((name) => !isEmpty(inputs[name]));
  return Object.fromEntries(entries.map((name) => [apiName(name), inputs[name]]));
}

/** A part of an answer that is an object; empty when it is absent. */
export function part(body: JsonMap | undefined, name: string): JsonMap {
  const value = body?.[name];
  return isJsonMap(value) ? value : {};
}

/** A list of an answer; empty when it is absent. */
export function parts(body: JsonMap, name: string): readonly JsonMap[] {
  const value = body[name];
  return Array.isArray(value) ? (value as JsonMap[]) : [];
}

/** The id that the API gave a resource. */
export function idOf(body: JsonMap): string {
  const { id } = body;
  if (typeof id === "string" || typeof id === "number") return String(id);
  throw new PluginError("Datadog's answer holds no id: is the provider's apiUrl a Datadog API?");
}
