interface StateFile {
  readonly checkpoint: { readonly latest: { readonly resources: readonly StateResource[] } };
}

interface StateResource {
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** An object as kubectl takes it. */
export type Manifest = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The objects of a stack that lies in Pulumi's file backend, moved to another namespace. */
export function manifestsOf(state: string, namespace: string): Manifest[] {
  const { resources } = (JSON.parse(state) as StateFile).checkpoint.latest;
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ inputs = {} }) => moved(inputs as Manifest, namespace));
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
