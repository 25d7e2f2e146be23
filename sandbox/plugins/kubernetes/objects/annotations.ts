import { oneLine } from "../api/api-error.ts";
import { waitForRule } from "../await/wait-for.ts";
import { annotationOf, type KubeObject } from "./kube-object.ts";

const PREFIX = "pulumi.com/";

/** What the user asked for by `pulumi.com/…` annotations. */
export interface AwaitOptions {
  readonly skipAwait: boolean;
  readonly patchForce: boolean;
  readonly replaceUnready: boolean;

  /** Seconds; absent when not annotated. */
  readonly timeoutSeconds: number | undefined;
  readonly propagation: "Foreground" | "Background" | "Orphan";

  /** Expression that replaces the kind's own readiness rule. */
  readonly waitFor: string | undefined;

  /** Overrides the manager kept in state. */
  readonly fieldManager: string | undefined;
}

const DEFAULT_TIMEOUT_SECONDS = 600;

export function awaitOptions(object: KubeObject): AwaitOptions {
  const value = (name: string) => annotationOf(object, PREFIX + name);
  const seconds = value("timeoutSeconds");
  return {
    skipAwait: value("skipAwait") === "true",
    patchForce: value("patchForce") === "true",
    replaceUnready: value("replaceUnready") === "true",
    timeoutSeconds: /^\d+$/.test(seconds) ? Number(seconds) : undefined,
    propagation: propagation(value("deletionPropagationPolicy")),
    waitFor: value("waitFor") || undefined,
    fieldManager: value("patchFieldManager") || undefined,
  };
}

/** Problems with the annotations themselves, one line each. */
export function annotationProblems(object: KubeObject): readonly string[] {
  const problems: string[] = [];
  const seconds = annotationOf(object, `${PREFIX}timeoutSeconds`);
  if (seconds !== "" && !/^\d+$/.test(seconds)) {
    problems.push(`annotation pulumi.com/timeoutSeconds must be whole seconds, got "${seconds}"`);
  }
  const waitFor = annotationOf(object, `${PREFIX}waitFor`);
  if (waitFor !== "") problems.push(...waitForProblems(waitFor));
  return problems;
}

/** Custom timeouts win over the annotation, which wins over ten minutes. */
export function timeoutMs(customSeconds: number, options: AwaitOptions): number {
  const seconds =
    customSeconds > 0 ? customSeconds : (options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
  return seconds * 1000;
}

function waitForProblems(expression: string): readonly string[] {
  try {
    waitForRule(expression);
    return [];
  } catch (error) {
    return [`annotation pulumi.com/waitFor: ${oneLine(error)}`];
  }
}

function propagation(value: string): AwaitOptions["propagation"] {
  switch (value.toLowerCase()) {
    case "orphan":
      return "Orphan";
    case "background":
      return "Background";
    default:
      return "Foreground";
  }
}
