import { isEmpty, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { Json, JsonMap } from "../api/json.ts";
import { PluginError } from "../../grpc/plugin-error.ts";
import { syntheticsShape } from "./synthetics-shape.ts";
import { liveStep, stepBody } from "./synthetics-steps.ts";

const PATH = "/api/v1/synthetics/tests";
const OPTIONS = ["tickEvery", "minFailureDuration", "minLocationFailed", "monitorName"] as const;
const RETRY = ["count", "interval"] as const;
const MONITOR_OPTIONS = ["renotifyInterval", "renotifyOccurrences"] as const;

/** API tests of several steps; any other kind is refused. */
export const syntheticsTest: ResourceType = {
  shape: syntheticsShape,
  computed: ["monitorId"],

  async create(api, inputs) {
    return liveTest(await api({ method: "POST", path: `${PATH}/api`, body: testBody(inputs) }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/api/${id}` }));
    return found === undefined ? undefined : liveTest(found);
  },

  async update(api, id, inputs) {
    return liveTest(
      await api({ method: "PUT", path: `${PATH}/api/${id}`, body: testBody(inputs) }),
    );
  },

  async remove(api, id) {
    const body = { public_ids: [id] };
    await unlessGone(api({ method: "POST", path: `${PATH}/delete`, body }));
  },
};

function testBody(inputs: JsonMap): JsonMap {
  const options = part(inputs, "optionsList");
  const { monitorPriority: priority, retry } = options;
  const monitorOptions = setProperties(part(options, "monitorOptions"), MONITOR_OPTIONS);
  return {
    config: {
      assertions: [],
      configVariables: parts(inputs, "configVariables").map((variable) =>
        setProperties(variable, ["name", "type", "pattern", "example"]),
      ),
      steps: parts(inputs, "apiSteps").map(stepBody),
    },
    locations: inputs["locations"],
    message: inputs["message"] ?? "",
    name: inputs["name"],
    options: {
      ...setProperties(options, OPTIONS),
      ...(!isEmpty(priority) && { monitor_priority: priority }),
      ...(retry !== undefined && { retry: setProperties(part(options, "retry"), RETRY) }),
      ...(Object.keys(monitorOptions).length > 0 && { monitor_options: monitorOptions }),
    },
    status: inputs["status"],
    subtype: inputs["subtype"],
    tags: inputs["tags"] ?? [],
    type: inputs["type"],
  };
}

function liveTest(body: JsonMap): LiveResource {
  const { public_id: id } = body;
  if (typeof id !== "string") {
    throw new PluginError("Datadog's answer holds no id: is the provider's apiUrl a Datadog API?");
  }
  const outputs: JsonMap = {
    ...Object.fromEntries(
      ["locations", "message", "name", "status", "subtype", "tags", "type"].map((name) => [
        name,
        body[name],
      ]),
    ),
    monitorId: body["monitor_id"],
    configVariables: parts(part(body, "config"), "configVariables"),
    apiSteps: parts(part(body, "config"), "steps").map(liveStep),
    optionsList: liveOptions(part(body, "options")),
  };
  return { id, outputs };
}

function liveOptions(options: JsonMap): JsonMap {
  const { monitor_options: monitorOptions, retry, monitor_priority: priority } = options;
  const named = (names: readonly string[], from: JsonMap): JsonMap =>
    Object.fromEntries(
      names.flatMap((name): [string, Json][] => {
        const value = from[snake(name)];
        return value === undefined ? [] : [[name, value]];
      }),
    );
  return {
    ...named(OPTIONS, options),
    ...(priority !== undefined && { monitorPriority: priority }),
    ...(retry !== undefined && { retry }),
    ...(monitorOptions !== undefined && {
      monitorOptions: named(MONITOR_OPTIONS, part(options, "monitor_options")),
    }),
  };
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
