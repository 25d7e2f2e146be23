import { PluginError } from "../../grpc/plugin-error.ts";
import { revealMap, UNKNOWN, type PropertyMap } from "../../grpc/property-value.ts";
import type { CallContext, CheckFailure, CheckRequest, CheckResult } from "../../grpc/provider.ts";
import { annotationProblems } from "../objects/annotations.ts";
import { UnreachableError } from "../api/api-error.ts";
import { normalizeInputs } from "../objects/inputs.ts";
import {
  mapAt,
  nameOf,
  stringAt,
  withValue,
  type ApiKind,
  type KubeObject,
} from "../objects/kube-object.ts";
import { withManagedBy, withName } from "../objects/naming.ts";
import { withSecretsLike } from "../objects/secrets.ts";
import {
  isNamespaced,
  isProbablyNamespaced,
  type ProviderConnection,
} from "../provider-connection.ts";
import { kindOfToken, refusalOf } from "../objects/type-token.ts";

/** Completes the inputs: kind, name, namespace; and says what is wrong with them. */
export async function checkObject(
  provider: ProviderConnection,
  request: CheckRequest,
  context: CallContext,
): Promise<CheckResult> {
  const plain = revealMap(request.newInputs);
  const kind = kindOfToken(request.type);
  const refusal = refusalOf(request.type, stringAt(plain, "kind") || kind.kind);
  if (refusal !== undefined) throw new PluginError(refusal);
  const known = await isNamespacedOrUnreachable(provider, kind);
  if (known === undefined) {
    const isLeft = provider.settings.skipUnreachable && hasAny(request.oldInputs);
    const what = `the cluster at ${provider.cluster.address} is unreachable: resources are`;
    await provider.warnOnce(context, `${what} ${isLeft ? "left as they are" : "not validated"}`);
    if (isLeft) return { inputs: request.oldInputs };
  }
  const named = withName(normalizeInputs({ ...kind, ...plain }), {
    oldInputs: revealMap(request.oldInputs),
    resourceName: request.name,
    randomSeed: request.randomSeed,
  });
  const namespaced = known ?? isProbablyNamespaced(kind);
  const placed = namespaced ? withNamespace(named, provider.defaultNamespace) : named;
  const inputs = withManagedBy(placed, revealMap(request.oldInputs));
  const failures = inputProblems(inputs, kind);
  return { inputs: withSecretsLike(inputs, request.newInputs), failures };
}

/** Problems that need no server to be seen. */
function inputProblems(inputs: KubeObject, kind: ApiKind): readonly CheckFailure[] {
  const failures: CheckFailure[] = annotationProblems(inputs).map((reason) => ({
    property: "metadata.annotations",
    reason,
  }));
  for (const name of ["apiVersion", "kind"] as const) {
    if (inputs[name] !== kind[name]) {
      const reason = `must be "${kind[name]}", as the resource's type says`;
      failures.push({ property: name, reason });
    }
  }
  if (mapAt(inputs, "metadata")["generateName"] !== undefined) {
    const reason = "is not supported: leave the name out, and Pulumi makes one up";
    failures.push({ property: "metadata.generateName", reason });
  }
  const metadata = inputs["metadata"];
  const isNameKnown = metadata !== UNKNOWN && mapAt(inputs, "metadata")["name"] !== UNKNOWN;
  if (isNameKnown && nameOf(inputs) === "") {
    failures.push({ property: "metadata.name", reason: "is missing" });
  }
  return failures;
}

function withNamespace(inputs: KubeObject, namespace: string): KubeObject {
  if (inputs["metadata"] === UNKNOWN) return inputs;
  const given = mapAt(inputs, "metadata")["namespace"];
  return given === undefined || given === ""
    ? withValue(inputs, ["metadata", "namespace"], namespace)
    : inputs;
}

async function isNamespacedOrUnreachable(
  provider: ProviderConnection,
  kind: ApiKind,
): Promise<boolean | undefined> {
  try {
    return await isNamespaced(provider, kind);
  } catch (error) {
    if (error instanceof UnreachableError) return undefined;
    throw error;
  }
}

function hasAny(inputs: PropertyMap): boolean {
  return Object.keys(inputs).length > 0;
}
