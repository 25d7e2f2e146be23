import { PluginError } from "../grpc/plugin-error.ts";
import type { CheckRequest, CheckResult, Provider } from "../grpc/provider.ts";
import {
  isStrict,
  readSettings,
  settingsProblems,
  withStackConfig,
  type Environment,
} from "./provider-settings.ts";
import type { ResourceCalls } from "./api/resource-calls.ts";

/** The package version whose states and inputs this plugin understands. */
const VERSION = "4.34.2";

/**
 * The kubernetes provider, on the cluster that its configuration names. Everything that works with
 * a cluster is loaded by configure: the engine also starts plugins only to ask for their version.
 */
export function kubernetesProvider(env: Environment): Provider {
  let calls: ResourceCalls | undefined;
  const configured = () => {
    if (calls !== undefined) return calls;
    throw new PluginError("the kubernetes provider was called before it was configured");
  };
  return {
    version: VERSION,
    checkConfig: (request) => Promise.resolve(checkConfig(request, env)),
    async diffConfig({ oldInputs, newInputs }) {
      const { diffConfig } = await import("./provider-config.ts");
      return await diffConfig(oldInputs, newInputs, env);
    },
    async configure(inputs) {
      const [problem] = settingsProblems(withStackConfig(inputs, env));
      if (problem !== undefined) {
        throw new PluginError(`provider argument "${problem.property}": ${problem.reason}`);
      }
      const { resourceCalls } = await import("./api/resource-calls.ts");
      const { withHelmReleases } = await import("./operations/helm-release.ts");
      calls = withHelmReleases(await resourceCalls(readSettings(inputs, env), env), env);
    },
    check: async (request, context) => await configured().check(request, context),
    diff: async (request, context) => await configured().diff(request, context),
    create: async (request, context) => await configured().create(request, context),
    read: async (request, context) => await configured().read(request, context),
    update: async (request, context) => await configured().update(request, context),
    delete: async (request, context) => {
      await configured().delete(request, context);
    },
  };
}

/** Strict mode is checked, but not added to the inputs: state keeps what the program said. */
function checkConfig({ newInputs, urn }: CheckRequest, env: Environment): CheckResult {
  const inputs = withStackConfig(newInputs, env);
  const failures = settingsProblems(inputs);
  // The engine names default providers default_<version>.
  const isDefault = /::default(_[^:]*)?$/.test(urn);
  if (!isDefault || !isStrict(inputs)) return { inputs: newInputs, failures };
  const reason = "strict mode prohibits the default provider: pass one of your own";
  return { inputs: newInputs, failures: [{ property: "", reason }, ...failures] };
}
