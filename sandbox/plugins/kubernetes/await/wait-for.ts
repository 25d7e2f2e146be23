import type { PropertyValue } from "../../grpc/property-value.ts";
import {
  conditionOf,
  stringAt,
  valueAt,
  type KubeObject,
  type Path,
} from "../objects/kube-object.ts";
import { done, pending, ruleOf, type ReadyRule } from "./await-result.ts";

interface Expectation {
  /** As the user wrote it, for messages. */
  readonly text: string;
  readonly holds: (object: KubeObject) => boolean;
}

/**
 * The rule of a `pulumi.com/waitFor` annotation, which replaces the kind's own: one expression or
 * a JSON list of them, all of which must hold. An expression is `jsonpath={.a.b[0].c}` (exists),
 * `jsonpath={.a.b}=value`, `condition=Type` or `condition=Type=Status`. Throws a plain Error that
 * names the expression when it cannot be read.
 */
export function waitForRule(annotation: string): ReadyRule {
  const expectations = expressionsOf(annotation).map(expectationOf);
  return ruleOf((object) => {
    const missing = expectations.filter((it) => !it.holds(object)).map((it) => it.text);
    if (missing.length === 0) return done("pulumi.com/waitFor is satisfied");
    return pending(
      `Waiting for ${missing.join(" and ")}`,
      missing.map((it) => `${it} does not hold`),
    );
  });
}

function expressionsOf(annotation: string): readonly string[] {
  if (!annotation.trimStart().startsWith("[")) return [annotation];
  const list = parseList(annotation);
  if (list !== undefined && list.length > 0) return list;
  throw new Error(`"${annotation}" is not a JSON list of expressions`);
}

function parseList(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function expectationOf(text: string): Expectation {
  if (text.startsWith("jsonpath=")) return pathExpectation(text);
  if (text.startsWith("condition=")) return conditionExpectation(text);
  throw new Error(`"${text}" starts with neither "jsonpath=" nor "condition="`);
}

function pathExpectation(text: string): Expectation {
  const [, path, , wanted] = /^jsonpath=\{([^}]+)\}(=(.*))?$/.exec(text) ?? [];
  if (path === undefined) throw new Error(`"${text}" is not like jsonpath={.path}[=value]`);
  const segments = segmentsOf(path, text);
  const holds = (object: KubeObject) => {
    const value = valueAt(object, segments);
    if (value === undefined || value === null) return false;
    return wanted === undefined || plainText(value) === wanted;
  };
  return { text, holds };
}

/** `.status.ports[0].port` and `.metadata.labels['a.b']`; filters and wildcards are refused. */
function segmentsOf(path: string, text: string): Path {
  const part = /\.([\w-]+)|\[(\d+)\]|\[['"]([^'"]+)['"]\]/y;
  const segments: (string | number)[] = [];
  while (part.lastIndex < path.length) {
    const match = part.exec(path);
    if (match === null) throw new Error(`"${text}": the path ${path} is not supported`);
    const [, name, index, quoted] = match;
    segments.push(index === undefined ? (name ?? quoted ?? "") : Number(index));
  }
  return segments;
}

function conditionExpectation(text: string): Expectation {
  const [, type, , status = "True"] = /^condition=([^=]+)(=(.+))?$/.exec(text) ?? [];
  if (type === undefined) throw new Error(`"${text}" is not like condition=Type[=Status]`);
  const holds = (object: KubeObject) => {
    const actual = stringAt(conditionOf(object, type), "status");
    return actual.toLowerCase() === status.toLowerCase();
  };
  return { text, holds };
}

function plainText(value: PropertyValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
