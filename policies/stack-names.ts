/** Whether a stack is on a list; a listed name may end in a `*`, which stands for any rest. */
export function isListed(stack: string, list: readonly string[]): boolean {
  return list.some((listed) =>
    listed.endsWith("*") ? stack.startsWith(listed.slice(0, -1)) : stack === listed,
  );
}
