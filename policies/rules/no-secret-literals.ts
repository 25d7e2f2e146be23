import { containersOf, helmOf, kindOf, makesPods, podTemplateOf, textsIn } from "../kubernetes.ts";
import { at, listAt, textAt } from "../read.ts";
import { each, type Problem, type Resource, resourceRule, words } from "../rule.ts";

const secretName =
  /passw(or)?d|secret|token|credential|(api|app|application|private|access)[-_]?key/i;

// Names that end so hold the name of a Secret or of a file, or switch something on.
const reference = /(secret|secret[-_]?name|[-_]file|[-_]path|mount|enabled)$/i;

const secretValue = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{40})(?![0-9a-f])/, // Datadog's API and application keys
  /\bAKIA[0-9A-Z]{16}\b/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, // a JSON Web Token
  /\bgh[pousr]_\w{36}/,
  /:\/\/[^\s/:@]+:[^\s/:@]+@/, // user and password in an address
];

export const noSecretLiterals = resourceRule({
  name: "no-secret-literals",
  demand: "No secret stands in variables, arguments, annotations, ConfigMaps or Helm values",
  why: "Whoever may read the object, the state or the chart's history reads the secret.",
  mend: "put it into a Secret and refer to that by secretKeyRef, or by an existingSecret value",
  level: "mandatory",
  settings: { harmless: words("Names that sound like secrets and hold none.") },
  judge: (resource, { harmless }) =>
    each(placesOf(resource), (texts) =>
      texts()
        .filter(([name, text]) => isSecret(name, text, harmless))
        .map(([name]): Problem => `${masked(name)} holds a secret in the clear`),
    ),
});

type Texts = () => readonly (readonly [name: string, text: string])[];

function placesOf(resource: Resource): readonly Texts[] {
  const { inputs } = resource;
  const annotations = (object: unknown) => () =>
    prefixed("annotation", textsIn(at(object, "metadata", "annotations")));
  return [
    annotations(inputs),
    ...(makesPods(resource) ? [annotations(podTemplateOf(resource))] : []),
    ...(kindOf(resource) === "ConfigMap"
      ? [() => prefixed("data", textsIn(at(inputs, "data")))]
      : []),
    ...(helmOf(resource) ? [() => prefixed("value", textsIn(helmOf(resource)?.values))] : []),
    ...containersOf(resource).flatMap(({ name, spec }): Texts[] => [
      ...listAt(spec, "env").map((variable): Texts => () => [
        [`${name}, variable ${textAt(variable, "name") ?? "?"}`, textAt(variable, "value") ?? ""],
      ]),
      () => argumentsOf(name, [...listAt(spec, "command"), ...listAt(spec, "args")]),
    ]),
  ];
}

/** `--password=x` and `--password x` are named like the option, other words by their place. */
function argumentsOf(container: string, list: readonly unknown[]) {
  const all = list.map((word) => textAt(word) ?? "");
  return all.map((word, index) => {
    const [, option, value] = /^--?([\w-]+)=(.*)$/s.exec(word) ?? [];
    const previous = /^--?([\w-]+)$/.exec(all[index - 1] ?? "")?.[1];
    const name = option ?? previous ?? String(index);
    return [`${container}, argument ${name}`, value ?? word] as const;
  });
}

function prefixed(kind: string, texts: readonly (readonly [string, string])[]) {
  return texts.map(([path, text]) => [`${kind} ${path}`, text] as const);
}

function isSecret(place: string, text: string, harmless: readonly string[]): boolean {
  const name = /[^\s.]*$/.exec(place)?.[0] ?? "";
  if (text === "" || harmless.includes(name)) return false;
  const named = secretName.test(name) && !reference.test(name) && !/^(true|false|\d+)$/.test(text);
  return named || secretValue.some((pattern) => pattern.test(text));
}

/** A key can be a secret as well, for instance of a ConfigMap that was written the wrong way round. */
function masked(place: string): string {
  return secretValue.reduce(
    (text, pattern) => text.replaceAll(new RegExp(pattern, "g"), "…"),
    place,
  );
}
