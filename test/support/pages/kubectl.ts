import { parseArgs } from "node:util";
import { unknownToKubernetes } from "../kubernetes/kubernetes-schema.ts";
import type { Registered } from "../../../simulation/declared/resource-graph.ts";
import { agentPods, type DeclaredObject, objectsOf } from "./declared-objects.ts";

/** Kinds that the pages ask for: names on the command line, and the type of the API's answer. */
const kinds = {
  ConfigMap: { words: ["configmap", "configmaps", "cm"], list: "V1ConfigMapList" },
  Deployment: { words: ["deployment", "deployments", "deploy"], list: "V1DeploymentList" },
  EndpointSlice: { words: ["endpointslice", "endpointslices"], list: "V1EndpointSliceList" },
  Event: { words: ["event", "events"], list: "CoreV1EventList" },
  Job: { words: ["job", "jobs"], list: "V1JobList" },
  Node: { words: ["node", "nodes"], list: "V1NodeList" },
  Pod: { words: ["pod", "pods"], list: "V1PodList" },
  Service: { words: ["service", "services", "svc"], list: "V1ServiceList" },
} as const;

type Kind = keyof typeof kinds;

const options = {
  "all-namespaces": { type: "boolean", short: "A" },
  container: { type: "string", short: "c" },
  "field-selector": { type: "string" },
  follow: { type: "boolean", short: "f" },
  namespace: { type: "string", short: "n" },
  output: { type: "string", short: "o" },
  replicas: { type: "string" },
  selector: { type: "string", short: "l" },
  "sort-by": { type: "string" },
  tail: { type: "string" },
} as const;

type Option = keyof typeof options;

/** Options of each verb, besides the namespace. */
const verbs: Readonly<Record<string, readonly Option[]>> = {
  describe: ["selector"],
  exec: ["container"],
  get: ["all-namespaces", "field-selector", "output", "selector", "sort-by"],
  logs: ["container", "follow", "tail"],
  scale: ["replicas"],
  top: [],
};

/** A command as it was typed, with what it asks for. */
interface Typed {
  readonly verb: string;
  readonly values: Readonly<Partial<Record<Option, string | boolean>>>;
  readonly targets: readonly Target[];
}

interface Target {
  readonly kind: Kind;

  /** Absent for all of the kind; a variable for what another command of the page found. */
  readonly name?: string;
}

/**
 * What is wrong with the words after `kubectl`, in a stack of these resources; undefined where all is
 * well. Mirrors kubectl's own reading of verbs, options and kinds; does not prove that a pod runs.
 */
export function kubectlProblem(
  words: readonly string[],
  resources: readonly Registered[],
): string | undefined {
  try {
    const typed = read(words);
    const objects = objectsOf(resources);
    const problems = [
      namespaceProblem(typed, objects),
      outputProblem(typed),
      ...typed.targets.map((target) => targetProblem(target, typed, objects)),
    ];
    return problems.find((problem) => problem !== undefined);
  } catch (error) {
    return (error as Error).message;
  }
}

function read(words: readonly string[]): Typed {
  const end = words.indexOf("--");
  if (words.includes("exec") && end === -1) throw new Error("exec needs -- and a program");
  const args = end === -1 ? [...words] : words.slice(0, end);
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
  const [verb = "", ...rest] = positionals;
  const allowed = verbs[verb];
  if (allowed === undefined) throw new Error(`no verb ${verb} is known`);
  const stray = Object.keys(values).find(
    (name) => name !== "namespace" && !allowed.includes(name as Option),
  );
  if (stray !== undefined) throw new Error(`${verb} does not take --${stray}`);
  if (verb === "scale" && !/^\d+$/.test(values.replicas ?? "")) {
    throw new Error("scale needs --replicas=<number>");
  }
  return { verb, values, targets: targetsOf(verb, rest) };
}

function targetsOf(verb: string, words: readonly string[]): readonly Target[] {
  const [first = "", ...names] = words;
  if (first.startsWith("$")) return [{ kind: "Pod", name: first }];
  if (first.includes("/")) {
    return words.map((word) => {
      const [kind = "", name = ""] = word.split("/");
      return { kind: kindOf(kind), name };
    });
  }
  if (verb === "logs" || verb === "exec") throw new Error(`${verb} needs <kind>/<name>`);
  const wanted = first.split(",").map(kindOf);
  if (names.length === 0) return wanted.map((kind) => ({ kind }));
  return wanted.flatMap((kind) => names.map((name) => ({ kind, name })));
}

function kindOf(word: string): Kind {
  const found = Object.entries(kinds).find(([, { words }]) =>
    (words as readonly string[]).includes(word),
  );
  if (found === undefined) throw new Error(`no kind ${word} is known`);
  return found[0] as Kind;
}

function namespaceProblem(
  { values, targets }: Typed,
  objects: readonly DeclaredObject[],
): string | undefined {
  const { namespace } = values;
  if (values["all-namespaces"] === true || targets.every(({ kind }) => kind === "Node")) {
    return namespace === undefined ? undefined : "a namespace says nothing here";
  }
  const isThere = objects.some(({ kind, name }) => kind === "Namespace" && name === namespace);
  return isThere ? undefined : `no namespace ${String(namespace)} is declared`;
}

/** A JSON path must lead through fields that the API has. */
function outputProblem({ values, targets }: Typed): string | undefined {
  const { output = "" } = values;
  const sorted = values["sort-by"];
  const item = typeof sorted === "string" ? `.items[*]${sorted}` : undefined;
  const path = /^jsonpath=\{(.+)\}$/.exec(String(output))?.[1] ?? item;
  if (path === undefined) {
    return ["", "wide", "name", "yaml", "json"].includes(String(output))
      ? undefined
      : `no output ${String(output)} is known`;
  }
  const [target] = targets;
  if (target === undefined) return "no kind to output";
  const { list } = kinds[target.kind];
  const isOne = targets.length === 1 && target.name !== undefined;
  const type = isOne ? list.replace(/List$/, "") : list;
  const keys = path.split(/\.|(?=\[)/).filter((key) => key !== "");
  const value = keys.reduceRight<unknown>(
    (inner, key) => (key.startsWith("[") ? [inner] : { [key]: inner }),
    undefined,
  );
  return unknownToKubernetes(value, type)[0];
}

function targetProblem(
  { kind, name }: Target,
  { verb, values }: Typed,
  objects: readonly DeclaredObject[],
): string | undefined {
  const { namespace, selector, container } = values;
  const here = [...objects, ...agentPods].filter((one) => one.namespace === namespace);
  if (name?.startsWith("$")) {
    const found = here.some(({ containers = [] }) => containers.includes(String(container)));
    return found ? undefined : `no pod has a container ${String(container)}`;
  }
  if (name !== undefined) {
    const found = here.find((one) => one.kind === kind && one.name === name);
    if (found === undefined) return `no ${kind} ${name} is declared`;
    if (verb === "scale" && kind !== "Deployment") return `${kind} ${name} cannot be scaled`;
    return undefined;
  }
  return selector === undefined ? undefined : selectorProblem(kind, String(selector), here);
}

/** Selectors of pods are those of what makes them; a slice is labelled with its Service's name. */
function selectorProblem(
  kind: Kind,
  selector: string,
  here: readonly DeclaredObject[],
): string | undefined {
  const [label = "", value = ""] = selector.split("=");
  const found =
    kind === "EndpointSlice"
      ? label === "kubernetes.io/service-name" &&
        here.some((one) => one.kind === "Service" && one.name === value)
      : kind === "Pod" && here.some(({ podLabels = {} }) => podLabels[label] === value);
  return found ? undefined : `no ${kind} has ${selector}`;
}
