import { PluginError } from "../grpc/plugin-error.ts";
import { revealMap } from "../grpc/property-value.ts";
import type {
  CallContext,
  CheckRequest,
  CheckResult,
  DiffRequest,
  DiffResult,
  Provider,
} from "../grpc/provider.ts";
import { awaitOptions } from "./annotations.ts";
import { isNotFound, UnreachableError } from "./api-error.ts";
import { isComplete } from "./await/job.ts";
import { checkObject } from "./check.ts";
import { fromOutputs } from "./checkpoint.ts";
import { refOf } from "./cluster.ts";
import { createObject } from "./create.ts";
import { deleteObject } from "./delete.ts";
import { diffObjects, keepsName, type DiffRules } from "./diff.ts";
import { kindOf, namespaceOf, type KubeObject } from "./kube-object.ts";
import { loadKubeConfigClass } from "./kubeconfig.ts";
import { diffConfig } from "./provider-config.ts";
import {
  isStrict,
  readSettings,
  settingsProblems,
  withStackConfig,
  type Environment,
} from "./provider-settings.ts";
import { readObject } from "./read.ts";
import { configured, isNamespaced, openSession, type Session } from "./session.ts";
import { updateObject } from "./update.ts";

/** The package version whose states and inputs this plugin understands. */
export const VERSION = "4.32.0";

/** The kubernetes provider, on the cluster that its configuration names. */
export function kubernetesProvider(env: Environment): Provider {
  let session: Session | undefined;
  // Loads while the engine still starts the program. A failure is reported by configure.
  void loadKubeConfigClass().catch(() => undefined);
  return {
    version: VERSION,
    checkConfig: (request) => Promise.resolve(checkConfig(request, env)),
    diffConfig: (request) => diffConfig(request.oldInputs, request.newInputs, env),
    async configure(inputs) {
      const [problem] = settingsProblems(inputs);
      if (problem !== undefined) {
        throw new PluginError(`provider argument "${problem.property}": ${problem.reason}`);
      }
      session = await openSession(readSettings(inputs, env), env);
    },
    check: (request, context) => checkObject(configured(session), request, context),
    diff: (request, context) => diffResource(configured(session), request, context),
    create: (request, context) => createObject(configured(session), request, context),
    read: (request, context) => readObject(configured(session), request, context),
    update: (request, context) => updateObject(configured(session), request, context),
    delete: (request, context) => deleteObject(configured(session), request, context),
  };
}

/** Strict mode is checked, but not added to the inputs: state keeps what the program said. */
function checkConfig({ newInputs, urn, name }: CheckRequest, env: Environment): CheckResult {
  const inputs = withStackConfig(newInputs, env);
  const failures = settingsProblems(inputs);
  const isDefault = urn.includes("::default") || name.startsWith("default");
  if (!isDefault || !isStrict(inputs)) return { inputs: newInputs, failures };
  const reason = "strict mode prohibits the default provider: pass one of your own";
  return { inputs: newInputs, failures: [{ property: "", reason }, ...failures] };
}

async function diffResource(
  session: Session,
  request: DiffRequest,
  context: CallContext,
): Promise<DiffResult> {
  const { inputs, live } = fromOutputs(request.oldOutputs);
  const newInputs = revealMap(request.newInputs);
  const oldInputs = Object.keys(inputs).length > 0 ? inputs : revealMap(request.oldInputs);
  const rules = await diffRules(session, live);
  const diff = diffObjects({ oldInputs, newInputs, live }, rules);
  if (!awaitOptions(newInputs).replaceUnready) return diff;
  if (kindOf(newInputs).kind !== "Job") {
    const message = "pulumi.com/replaceUnready has an effect on Jobs only";
    await context.log({ severity: "warning", message, urn: request.urn });
    return diff;
  }
  if (!(await isUnfinished(session, live))) return diff;
  const path = 'metadata.annotations["pulumi.com/replaceUnready"]';
  return {
    changes: [...diff.changes, { path, kind: "update", replace: true }],
    deleteBeforeReplace: keepsName(newInputs, live, rules),
  };
}

async function diffRules(session: Session, live: KubeObject): Promise<DiffRules> {
  const { mutableConfigMaps: configMaps, mutableSecrets: secrets } = session.settings;
  const mutable = { configMaps, secrets };
  try {
    return { mutable, namespaced: await isNamespaced(session, kindOf(live)) };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { mutable, namespaced: namespaceOf(live) !== "" };
  }
}

/** Whether a Job has not run to success; one that is gone is left to the update to find. */
async function isUnfinished(session: Session, live: KubeObject): Promise<boolean> {
  try {
    return !isComplete(await session.cluster.get(refOf(live)));
  } catch (error) {
    if (isNotFound(error) || error instanceof UnreachableError) return false;
    throw error;
  }
}
