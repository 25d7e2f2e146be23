// Preloaded into every program (`node --require`), see `runNode`.
//
// The SDK notes the stack at each promise that it makes, in case one of them leaks. Writing those
// stacks took a seventh of the program's time, and they are shown only when the user asks for them.
import { createRequire } from "node:module";
import process from "node:process";

const runPath = process.argv[1];
if (runPath !== undefined) withoutStacks(createRequire(runPath));

/** Makes the SDK's promises without their stacks; another version of the SDK may have no such place. */
function withoutStacks(require) {
  let debuggable;
  try {
    debuggable = require("@pulumi/pulumi/runtime/debuggable.js");
  } catch {
    return;
  }
  const { debuggablePromise, debugPromiseLeaks } = debuggable;
  // the user has set PULUMI_DEBUG_PROMISE_LEAKS
  if (debugPromiseLeaks) return;
  debuggable.debuggablePromise = (...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...args);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
