import { incidentComponents } from "../../../cli/incident/overdue.ts";

interface StateFile {
  readonly checkpoint: { readonly latest: { readonly resources: readonly StateResource[] } };
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** An object as kubectl takes it. */
export type Manifest = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The objects of a stack, those that came with its incident apart from the others. */
export interface StackManifests {
  readonly shop: readonly Manifest[];
  readonly staged: readonly Manifest[];
}

/** The objects of a stack that lies in Pulumi's file backend, moved to another namespace. */
export function manifestsOf(state: string, namespace: string): StackManifests {
  const { resources } = (JSON.parse(state) as StateFile).checkpoint.latest;
  const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
  const isStaged = ({ urn }: StateResource): boolean => incidentComponents.test(urn);
  const inNamespace = ({ inputs = {} }: StateResource) => moved(inputs as Manifest, namespace);
  return {
    shop: objects.filter((object) => !isStaged(object)).map(inNamespace),
    staged: objects.filter(isStaged).map(inNamespace),
  };
}

/** A list that `kubectl apply --filename -` takes. */
export function asList(items: readonly Manifest[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

function moved(object: Manifest, namespace: string): Manifest {
  const { metadata } = object as unknown as { metadata: { name: string } };
  if (object.kind === "Namespace") return { ...object, metadata: { ...metadata, name: namespace } };
  const copy = { ...object, metadata: { ...metadata, namespace } };
  // the state holds a secret encrypted, and what is in it takes no time
  if (object.kind !== "Secret") return copy;
  return { ...copy, data: undefined, stringData: { password: "x" } };
}
