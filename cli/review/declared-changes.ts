import { changedPaths } from "../contract/state-difference.ts";

/** A resource as test/golden records it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
}

/** What a change of the code does to one resource. */
export interface DeclaredChange {
  readonly resource: string;
  readonly operation: "create" | "delete" | "update";
  readonly properties: readonly string[];
}

/** Compares what two versions of the code declare in one state, in the order of the resources. */
export function declaredChanges(
  before: readonly Recorded[],
  after: readonly Recorded[],
): readonly DeclaredChange[] {
  const old = byName(before);
  const now = byName(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((resource): readonly DeclaredChange[] => {
    const was = old.get(resource);
    const is = now.get(resource);
    if (was === undefined) return [{ resource, operation: "create", properties: [] }];
    if (is === undefined) return [{ resource, operation: "delete", properties: [] }];
    const properties = changedPaths(was.inputs, is.inputs);
    return properties.length === 0 ? [] : [{ resource, operation: "update", properties }];
  });
}

function byName(recorded: readonly Recorded[]): Map<string, Recorded> {
  return new Map(recorded.map((it) => [keyOf(it), it]));
}

/** Type and name, which together are unique in a stack. */
export function keyOf({ type, name }: Recorded): string {
  return `${type} ${name}`;
}
