import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { dashedId, giveId } from "../ids.ts";
import type { State, SyntheticsTest } from "../state.ts";
import { monitorOfTest } from "../synthetics/monitor-of-test.ts";
import { whyNotTest } from "../validation/synthetics.ts";

type Declared = Omit<SyntheticsTest, "public_id" | "monitor_id" | "created_at" | "modified_at">;
type Defaulted = "status" | "subtype" | "tags";
type TestBody = Omit<Declared, Defaulted> & Partial<Pick<Declared, Defaulted>>;

/** A test has a monitor of its own, which is created, changed and deleted with it. */
export function createSyntheticsTest(state: State, call: Call): Answer {
  const forTest = giveId(state);
  const forMonitor = giveId(forTest.state);
  const now = call.now.toISOString();
  const test: SyntheticsTest = {
    ...declare(state, call),
    public_id: dashedId("synthetics test", forTest.number),
    monitor_id: forMonitor.number,
    created_at: now,
    modified_at: now,
  };
  const { synthetics, monitors } = forMonitor.state;
  return {
    body: { ...test, deleted_at: null },
    state: {
      ...forMonitor.state,
      synthetics: { ...synthetics, tests: [...synthetics.tests, test] },
      monitors: [...monitors, monitorOfTest(test)],
    },
  };
}

export function getSyntheticsTest(state: State, call: Call): Answer {
  return { body: find(state, call) };
}

export function updateSyntheticsTest(state: State, call: Call): Answer {
  const old = find(state, call);
  const { public_id: id, monitor_id: monitor, created_at: created } = old;
  const test: SyntheticsTest = {
    ...declare(state, call),
    public_id: id,
    monitor_id: monitor,
    created_at: created,
    modified_at: call.now.toISOString(),
  };
  const tests = state.synthetics.tests.map((one) => (one.public_id === id ? test : one));
  const monitors = state.monitors.map((one) => (one.id === monitor ? monitorOfTest(test) : one));
  return {
    body: test,
    state: { ...state, synthetics: { ...state.synthetics, tests }, monitors },
  };
}

export function deleteSyntheticsTests(state: State, call: Call): Answer {
  const { public_ids: ids = [] } = call.body as { public_ids?: string[] };
  const gone = ids.map((id) => testOf(state, id));
  const isGone = (id: string) => ids.includes(id);
  const { synthetics } = state;
  return {
    body: {
      deleted_tests: ids.map((id) => ({ public_id: id, deleted_at: call.now.toISOString() })),
    },
    state: {
      ...state,
      synthetics: {
        ...synthetics,
        tests: synthetics.tests.filter(({ public_id: id }) => !isGone(id)),
        results: synthetics.results.filter(({ test }) => !isGone(test)),
      },
      monitors: state.monitors.filter(({ id }) => !gone.some((test) => test.monitor_id === id)),
    },
  };
}

/** As Datadog numbers them: the monitor of a test that passes is 0, of one that fails 1. */
const monitorStatus = { passed: 0, failed: 1 } as const;

/** The newest results first. */
export function listSyntheticsResults(state: State, call: Call): Answer {
  const { public_id: id } = find(state, call);
  const results = state.synthetics.results.filter(({ test }) => test === id).toReversed();
  return {
    body: {
      last_timestamp_fetched: results[0]?.at ?? call.now.getTime(),
      results: results.map(({ id: result, at, location, passed }) => ({
        result_id: result,
        check_time: at,
        probe_dc: location,
        status: passed ? monitorStatus.passed : monitorStatus.failed,
        result: { passed },
      })),
    },
  };
}

function declare(state: State, call: Call): Declared {
  const body = call.body as TestBody;
  const { config, locations, message, name, options, type } = body;
  const { status = "live", subtype = "http", tags = [] } = body;
  const why = whyNotTest(state, { config, locations, options, type, subtype });
  if (why !== undefined) throw new Refusal(400, why);
  const steps = config.steps?.map((step, index) => ({
    ...step,
    id: step["id"] ?? dashedId(`step ${name}`, index),
  }));
  return {
    config: { ...config, ...(steps && { steps }) },
    ...{ locations, message, name, options, status, subtype, tags, type },
  };
}

function find(state: State, call: Call): SyntheticsTest {
  return testOf(state, call.params["id"] ?? "");
}

function testOf({ synthetics }: State, id: string): SyntheticsTest {
  const test = synthetics.tests.find(({ public_id: own }) => own === id);
  if (test === undefined) throw new Refusal(404, "Synthetics test not found");
  return test;
}
