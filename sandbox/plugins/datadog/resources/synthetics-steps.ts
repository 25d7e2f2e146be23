import { isEmpty, part, parts } from "../api/api-names.ts";
import { isJsonMap, type Json, type JsonMap } from "../api/json.ts";
import { DEFAULTS } from "../inputs/shape.ts";

/** A step as the API takes it. */
export function stepBody(step: JsonMap): JsonMap {
  const { name, subtype, allowFailure, isCritical, retry } = step;
  return {
    name,
    subtype: subtype ?? "http",
    allowFailure: allowFailure ?? false,
    isCritical: isCritical ?? false,
    assertions: parts(step, "assertions").map(assertionBody),
    extractedValues: parts(step, "extractedValues").map(given),
    request: requestBody(step),
    ...(retry !== undefined && { retry: given(part(step, "retry")) }),
  };
}

function requestBody(step: JsonMap): JsonMap {
  const { requestBasicauth: basicAuth, requestHeaders: headers } = step;
  return {
    ...given(part(step, "requestDefinition")),
    ...(!isEmpty(basicAuth) && { basicAuth: given(part(step, "requestBasicauth")) }),
    ...(!isEmpty(headers) && { headers: given(part(step, "requestHeaders")) }),
  };
}

/** Numbers are texts in the program and numbers in the API, as statuses and times are. */
function assertionBody(assertion: JsonMap): JsonMap {
  const { type, operator, target, property, targetjsonpath } = assertion;
  if (targetjsonpath !== undefined) {
    const path = part(assertion, "targetjsonpath");
    return {
      type,
      operator,
      target: {
        jsonPath: path["jsonpath"],
        operator: path["operator"],
        ...(path["targetvalue"] !== undefined && { targetValue: path["targetvalue"] }),
      },
    };
  }
  const isNumber = type === "statusCode" || type === "responseTime";
  return {
    type,
    operator,
    target: isNumber && typeof target === "string" ? Number(target) : target,
    ...(property !== undefined && { property }),
  };
}

/** A step as the program declares it. */
export function liveStep(step: JsonMap): JsonMap {
  const { id, name, subtype, allowFailure, isCritical, retry } = step;
  const { basicAuth, headers, ...definition } = part(step, "request");
  return {
    id,
    name,
    subtype,
    allowFailure: allowFailure ?? false,
    isCritical: isCritical ?? false,
    assertions: parts(step, "assertions").map(liveAssertion),
    extractedValues: parts(step, "extractedValues"),
    requestDefinition: definition,
    ...(basicAuth !== undefined && { requestBasicauth: basicAuth }),
    ...(headers !== undefined && { requestHeaders: headers }),
    ...(retry !== undefined && { retry }),
  };
}

function liveAssertion(assertion: JsonMap): JsonMap {
  const { type, operator, target, property } = assertion;
  if (typeof target === "object" && target !== null) {
    const { jsonPath, operator: compare, targetValue } = part(assertion, "target");
    return {
      type,
      operator,
      targetjsonpath: { jsonpath: jsonPath, operator: compare, targetvalue: targetValue },
    };
  }
  return {
    type,
    operator,
    target: target === undefined ? undefined : String(target),
    ...(property !== undefined && { property }),
  };
}

/** What the program says of it, and of what is inside: an absent property is not sent. */
function given(map: JsonMap): JsonMap {
  const entries = Object.entries(map).flatMap(([name, value]): [string, Json][] => {
    if (name === DEFAULTS || value === undefined || isEmpty(value)) return [];
    return [[name, isJsonMap(value) ? given(value) : value]];
  });
  return Object.fromEntries(entries);
}
