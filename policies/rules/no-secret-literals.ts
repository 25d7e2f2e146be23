import { containersOf, helmOf, kindOf, makesPods, podTemplateOf, textsIn } from "../kubernetes.ts";
import { at, listAt, membersAt, textAt } from "../values.ts";
import {
  catchUndecided,
  checkEach,
  findProblems,
  type Resource,
  resourceRule,
  stringList,
} from "../rule.ts";
import { isSecret, masked, secretLines } from "../secrets.ts";

export const noSecretLiterals = resourceRule({
  name: "no-secret-literals",
  description:
    "No secret stands in variables, arguments, probes, annotations, ConfigMaps or Helm values",
  why: "Whoever may read the object, the state or the chart's history can read the secret.",
  fix: "put it into a Secret and reference that with secretKeyRef or an existingSecret value",
  level: "mandatory",
  settings: { harmless: stringList("Names that sound like secrets but hold none.") },
  evaluate: (resource, { harmless }) => [
    ...checkEach(sourcesOf(resource), (read) =>
      placesIn(read(), harmless).map((place) => `${masked(place)} holds a secret in the clear`),
    ),
    ...findProblems(() =>
      helmOf(resource) && listAt(resource.inputs, "valueYamlFiles").length > 0
        ? ["valueYamlFiles holds values that no rule can read"]
        : [],
    ),
  ],
});

/** A text that somebody gave. */
interface Text {
  /** Where it stands, as messages say it; never the text itself. */
  readonly where: string;

  /** What it is called there; empty where nothing names it. */
  readonly name: string;
  readonly text: string;
}

/** Reads one text; throws Undecided where it is unknown. */
type Source = () => Text;

function placesIn({ where, name, text }: Text, harmless: readonly string[]): readonly string[] {
  if (harmless.includes(name)) return [];
  if (isSecret(name, text)) return [where];
  const lines = secretLines(text, harmless);
  return lines.map((line) => (text.includes("\n") ? `${where}, line ${line}` : where));
}

function sourcesOf(resource: Resource): readonly Source[] {
  const { inputs } = resource;
  return [
    ...annotationsOf(() => inputs),
    ...(makesPods(resource) ? annotationsOf(() => podTemplateOf(resource)) : []),
    ...(kindOf(resource) === "ConfigMap" ? filesOf(inputs) : []),
    ...lazily(() => (helmOf(resource) ? valuesIn("value", at(inputs, "values")) : [])),
    ...lazily(() => (helmOf(resource) ? repositoryOf(inputs) : [])),
    ...lazily(() => containersOf(resource).flatMap(({ name, spec }) => containerOf(name, spec))),
  ];
}

/** Sources that are known only once something is read; where that is unknown, it is the source. */
function lazily(list: () => readonly Source[]): readonly Source[] {
  return catchUndecided(list, (undecided) => [
    () => {
      throw undecided;
    },
  ]);
}

function annotationsOf(object: () => unknown): readonly Source[] {
  return lazily(() =>
    membersAt(object(), "metadata", "annotations").map(([key, value]) => () => ({
      where: `annotation ${key}`,
      // An annotation that ends so tells the name of a Secret.
      name: key.replace(/secret$/i, ""),
      text: textAt(value) ?? "",
    })),
  );
}

/** Files of these kinds give names of their own to what is in them. */
const structured = /\.(json|ya?ml|toml|properties|conf|cfg|ini|env|html?|md|xml|sql|py|js|sh|lua)$/;

function filesOf(configMap: unknown): readonly Source[] {
  const files = (kind: string, decoded: (text: string) => string) =>
    lazily(() =>
      membersAt(configMap, kind).map(([key, value]) => () => ({
        where: `${kind} ${key}`,
        name: structured.test(key) ? "" : key,
        text: decoded(textAt(value) ?? ""),
      })),
    );
  return [
    ...files("data", (text) => text),
    ...files("binaryData", (text) => Buffer.from(text, "base64").toString()),
  ];
}

/** What a chart's repository is entered with. */
function repositoryOf(release: unknown): readonly Source[] {
  return valuesIn("option", { repositoryOpts: at(release, "repositoryOpts") ?? {} });
}

function containerOf(container: string, spec: unknown): readonly Source[] {
  const handlers = [
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => [probe]),
    ...["postStart", "preStop"].map((hook) => ["lifecycle", hook]),
  ];
  return [
    ...lazily(() =>
      listAt(spec, "env").map((variable) => () => {
        const name = textAt(variable, "name") ?? "?";
        return {
          where: `${container}, variable ${name}`,
          name,
          text: textAt(variable, "value") ?? "",
        };
      }),
    ),
    ...lazily(() => argumentsOf(container, [...listAt(spec, "command"), ...listAt(spec, "args")])),
    ...handlers.flatMap((path) => [
      ...lazily(() =>
        argumentsOf(`${container}, ${path.join(".")}`, listAt(spec, ...path, "exec", "command")),
      ),
      ...lazily(() =>
        valuesIn(`${container}, ${path.join(".")}`, {
          httpHeaders: at(spec, ...path, "httpGet", "httpHeaders") ?? [],
        }),
      ),
    ]),
  ];
}

function argumentsOf(owner: string, list: readonly unknown[]): readonly Source[] {
  const all = list.map((word) => textAt(word) ?? "");
  return all.map((word, index) => () => {
    const { option, name = "", text = word } = argumentOf(word, all.slice(0, index));
    return { where: `${owner}, argument ${option ?? index}`, name, text };
  });
}

/** An argument, with the option's name if it is a long one: `-pMyWord` holds the secret itself. */
function argumentOf(word: string, before: readonly string[]) {
  const [, dashes, name, text] = /^(--?)?([\w.-]+)=(.*)$/s.exec(word) ?? [];
  if (name !== undefined) return { option: dashes === "--" ? name : undefined, name, text };
  const isClient = before.some((it) => /(^|\/)(mysql|mariadb)[\w-]*$/.test(it));
  if (isClient && word.startsWith("-p")) return { name: "password", text: word.slice(2) };
  if (word.startsWith("-")) return {};
  const [, long, short] =
    /^(?:--([\w.-]+)|-([a-z]+(?:[-_.][a-z]+)*))$/.exec(before.at(-1) ?? "") ?? [];
  return { option: long, name: long ?? short };
}

/** All texts in a tree, named by their keys; `value` by the `name` beside it, as in lists of env. */
function valuesIn(kind: string, tree: unknown): readonly Source[] {
  const texts = textsIn(tree);
  const byPath = new Map(texts);
  return texts.map(([path, text]) => () => {
    const own = path.replace(/(\[\d+\])+$/, "");
    const beside = own.endsWith(".value") ? byPath.get(own.replace(/value$/, "name")) : undefined;
    const name =
      beside ??
      own
        .replace(/\.value$/, "")
        .split(".")
        .at(-1) ??
      "";
    return { where: `${kind} ${path}`, name, text };
  });
}
