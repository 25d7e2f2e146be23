// Keeps TypeScript files without their types beside Node's own compile cache, for
// `node --require <this> main.ts`. Node 22 strips types at every start: 35 small files took a
// plugin a third of a second of each `pulumi` command. In JavaScript, because loading the first
// TypeScript file is the dearest.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { getCompileCacheDir, registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

// Off where Node's cache is (NODE_COMPILE_CACHE); its folder is one of this version of Node.
const root = getCompileCacheDir();
if (root !== undefined) registerHooks({ load: loader(join(root, "stripped")) });

/** A load hook that answers ES modules in TypeScript from the folder, and fills it. */
function loader(folder) {
  return (url, context, nextLoad) => {
    const isOurs = context.format === "module-typescript" && url.startsWith("file:");
    const source = isOurs ? stripped(fileURLToPath(url), folder) : undefined;
    if (source === undefined) return nextLoad(url, context);
    return { format: "module", source, shortCircuit: true };
  };
}

/** The file without types; undefined where Node had better complain itself. */
function stripped(path, folder) {
  const text = readFileSync(path, "utf8");
  const cached = join(folder, createHash("sha256").update(text).digest("hex"));
  try {
    return readFileSync(cached, "utf8");
  } catch {
    const source = strip(text);
    if (source !== undefined) keep(source, cached, folder);
    return source;
  }
}

function strip(text) {
  const { emitWarning } = process;
  // Node strips types by itself without a warning, but warns of the same function called.
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text);
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** A cache that cannot be written costs time, nothing else. */
function keep(source, cached, folder) {
  const draft = `${cached}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, source);
    renameSync(draft, cached);
  } catch {
    // Full or read-only: the next start strips again.
  }
}
