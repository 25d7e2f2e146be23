// Preloaded into every program (`node --require`), see `runNode`.
//
// The SDK loads the TypeScript compiler into every program, but needs it only to serialise
// functions, which few programs do. Here it is loaded when something of it is used.
import { createRequire } from "node:module";
import process from "node:process";

const PACKAGES = ["@pulumi/pulumi/typescript-shim"];

const runPath = process.argv[1];
if (runPath !== undefined) {
  const require = createRequire(runPath);
  for (const name of PACKAGES) defer(name, require);
}

/** Puts a stand-in for the package's exports where `require` looks first. */
function defer(name, require) {
  let path;
  try {
    path = require.resolve(name);
  } catch {
    return;
  }
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, path);
      loaded = require(path);
    }
    return loaded;
  };
  const exports = new Proxy(
    {},
    {
      // Compiled imports ask for __esModule first, and copy all exports unless it is set.
      get: (_, key) => (key === "__esModule" && loaded === undefined ? true : load()[key]),
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), key);
        // The proxy's own target has none of them, hence none may be fixed.
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
  require.cache[path] = {
    id: path,
    filename: path,
    loaded: true,
    children: [],
    paths: [],
    exports,
  };
}
