/** The tags of a group's name, such as `a:1,b:2` by a and b; values may hold commas. */
export function groupTags(group: string, by: readonly string[]): readonly string[] {
  const tags: string[] = [];
  let rest = group;
  for (const [index, key] of by.entries()) {
    const next = by[index + 1];
    const end = next === undefined ? -1 : rest.indexOf(`,${next}:`);
    const tag = end < 0 ? rest : rest.slice(0, end);
    if (tag.startsWith(`${key}:`)) tags.push(tag);
    rest = end < 0 ? "" : rest.slice(end + 1);
  }
  return tags;
}
