import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, uuid } from "../ids.ts";
import type { ScannerGroup, ScannerRule, State } from "../state.ts";

// Bodies and answers are those of the official client's types and of the provider's source; no
// recording of them was found. The words of refusals are assumed.

const configuration = "sensitive_data_scanner_configuration";
const groupType = "sensitive_data_scanner_group";
const ruleType = "sensitive_data_scanner_rule";

interface GroupBody {
  data: { attributes: ScannerGroup["attributes"] };
}

interface RuleBody {
  data: {
    attributes: ScannerRule["attributes"];
    relationships?: { group?: { data?: { id?: string } } };
  };
}

/** All groups in their order, and all rules: the only way to read either. */
export function getScannerConfig({ scanner, base }: State): Answer {
  const groups = scanner.groups.map(({ id }) => ({ id, type: groupType }));
  return {
    body: {
      data: {
        id: uuid("scanner", base),
        type: configuration,
        attributes: {},
        relationships: { groups: { data: groups } },
      },
      included: [
        ...scanner.groups.map((group) => shownGroup(scanner, group)),
        ...scanner.rules.map(shownRule),
      ],
      meta,
    },
  };
}

const meta = { version: 1, count_limit: 100, group_count_limit: 20, is_pci_compliant: false };

export function createScannerGroup(state: State, call: Call): Answer {
  const given = giveId(state);
  const { attributes } = (call.body as GroupBody).data;
  const group: ScannerGroup = { id: uuid("scanner group", given.number), attributes };
  const { scanner } = given.state;
  return {
    body: { data: shownGroup(scanner, group), meta: { version: 1 } },
    state: { ...given.state, scanner: { ...scanner, groups: [...scanner.groups, group] } },
  };
}

export function updateScannerGroup(state: State, call: Call): Answer {
  const old = findIn(state.scanner.groups, call, "group");
  const { attributes } = (call.body as GroupBody).data;
  const group = { ...old, attributes: { ...old.attributes, ...attributes } };
  const groups = state.scanner.groups.map((one) => (one.id === old.id ? group : one));
  return {
    body: { meta: { version: 1 } },
    state: { ...state, scanner: { ...state.scanner, groups } },
  };
}

/** Its rules go with it. */
export function deleteScannerGroup(state: State, call: Call): Answer {
  const { id } = findIn(state.scanner.groups, call, "group");
  const groups = state.scanner.groups.filter((one) => one.id !== id);
  const rules = state.scanner.rules.filter(({ group }) => group !== id);
  return { body: { meta: { version: 1 } }, state: { ...state, scanner: { groups, rules } } };
}

export function createScannerRule(state: State, call: Call): Answer {
  const given = giveId(state);
  const { attributes, relationships } = (call.body as RuleBody).data;
  const group = relationships?.group?.data?.id ?? "";
  if (!state.scanner.groups.some(({ id }) => id === group)) {
    throw new Refusal(400, `relationships.group names no group, got ${JSON.stringify(group)}`);
  }
  refuseUnfit(attributes);
  const rule: ScannerRule = { id: uuid("scanner rule", given.number), group, attributes };
  const { scanner } = given.state;
  return {
    body: { data: shownRule(rule), meta: { version: 1 } },
    state: { ...given.state, scanner: { ...scanner, rules: [...scanner.rules, rule] } },
  };
}

export function updateScannerRule(state: State, call: Call): Answer {
  const old = findIn(state.scanner.rules, call, "rule");
  const { attributes } = (call.body as RuleBody).data;
  const rule = { ...old, attributes: { ...old.attributes, ...attributes } };
  refuseUnfit(rule.attributes);
  const rules = state.scanner.rules.map((one) => (one.id === old.id ? rule : one));
  return {
    body: { meta: { version: 1 } },
    state: { ...state, scanner: { ...state.scanner, rules } },
  };
}

export function deleteScannerRule(state: State, call: Call): Answer {
  const { id } = findIn(state.scanner.rules, call, "rule");
  const rules = state.scanner.rules.filter((one) => one.id !== id);
  return {
    body: { meta: { version: 1 } },
    state: { ...state, scanner: { ...state.scanner, rules } },
  };
}

function refuseUnfit({ pattern, text_replacement: replacement }: ScannerRule["attributes"]): void {
  if (pattern === undefined || pattern === "") throw new Refusal(400, "pattern must not be empty");
  const isText = replacement?.type === "replacement_string";
  if (isText && !replacement.replacement_string) {
    throw new Refusal(400, "replacement_string is required with the type of that name");
  }
}

function findIn<T extends { readonly id: string }>(
  list: readonly T[],
  call: Call,
  what: string,
): T {
  const found = list.find(({ id }) => id === call.params["id"]);
  if (found === undefined) throw new Refusal(404, `Scanning ${what} not found`);
  return found;
}

function shownGroup({ rules }: State["scanner"], { id, attributes }: ScannerGroup): unknown {
  const own = rules
    .filter(({ group }) => group === id)
    .map((rule) => ({ id: rule.id, type: ruleType }));
  return { id, type: groupType, attributes, relationships: { rules: { data: own } } };
}

function shownRule({ id, group, attributes }: ScannerRule): unknown {
  const relationships = { group: { data: { id: group, type: groupType } } };
  return { id, type: ruleType, attributes, relationships };
}
