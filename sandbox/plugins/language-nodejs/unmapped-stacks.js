// Preloaded into every program (`node --require`), see `runNode`.
//
// The SDK maps stack traces to sources that it does not ship, at paths such as
// node_modules/@pulumi/resource.ts. util.inspect of Node 22.23 never ends on such a line: it fills
// the memory until a string gets too long, so that a one-line error took a minute and a half.
// Without maps the lines name the files that are there.
import { createRequire } from "node:module";
import process from "node:process";

const runPath = process.argv[1];
if (runPath !== undefined) {
  const support = createRequire(runPath)("source-map-support");
  support.install({ overrideRetrieveSourceMap: true, retrieveSourceMap: () => null });
  // The SDK takes a stack at each promise: without maps Node's own formatter says the same, faster.
  Error.prepareStackTrace = undefined;
}
