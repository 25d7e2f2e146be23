/** The folders of a drawn tree: lines `name/  description`, two blanks deeper for each level. */
export function foldersOfTree(page: string): readonly string[] {
  const [, tree = ""] = /```text\n([a-z][^`]*)```/.exec(page) ?? [];
  const above: string[] = [];
  return [...tree.matchAll(/^( *)([\w-]+)\/ {2,}\S/gm)].map(([, blanks = "", name = ""]) => {
    const depth = blanks.length / 2;
    above.splice(depth, above.length, name);
    return above.join("/");
  });
}

/** Every folder that holds one of these files, up to a depth. */
export function foldersOf(files: readonly string[], depth: number): readonly string[] {
  const folders = files.flatMap((file) => {
    const names = file.split("/").slice(0, -1).slice(0, depth);
    return names.map((_, index) => names.slice(0, index + 1).join("/"));
  });
  return [...new Set(folders)].sort();
}
