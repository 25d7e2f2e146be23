import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  PropertyChange,
  ReadRequest,
  ReadResult,
  ResourceRequest,
  UpdateRequest,
  UpdateResult,
} from "./provider.ts";
import { providerPb } from "./provider-stubs.ts";
import { fromStruct, toStruct } from "./wire-value.ts";

export type Handshake = pb.ProviderHandshakeRequest;
export type Configure = pb.ConfigureRequest;
export type Check = pb.CheckRequest;
export type Diff = pb.DiffRequest;
export type Create = pb.CreateRequest;
export type Read = pb.ReadRequest;
export type Update = pb.UpdateRequest;
export type Delete = pb.DeleteRequest;
export type Invoke = pb.InvokeRequest;

const { Kind } = providerPb.PropertyDiff;
const { DiffChanges } = providerPb.DiffResponse;

export function checkRequest(request: Check): CheckRequest {
  return {
    ...resource(request),
    oldInputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    randomSeed: request.getRandomseed_asU8(),
  };
}

export function checkResponse(result: CheckResult): pb.CheckResponse {
  const response = new providerPb.CheckResponse();
  response.setInputs(toStruct(result.inputs));
  const failures = (result.failures ?? []).map(({ property, reason }) => {
    const failure = new providerPb.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    return failure;
  });
  response.setFailuresList(failures);
  return response;
}

export function diffRequest(request: Diff): DiffRequest {
  return {
    ...resource(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
  };
}

export function diffResponse(result: DiffResult): pb.DiffResponse {
  const { changes } = result;
  const response = new providerPb.DiffResponse();
  response.setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setDiffsList(topLevelNames(changes));
  response.setReplacesList(topLevelNames(changes.filter((change) => change.replace)));
  response.setDeletebeforereplace(result.deleteBeforeReplace ?? false);
  response.setHasdetaileddiff(true);
  const detailed = response.getDetaileddiffMap();
  for (const change of changes) detailed.set(change.path, propertyDiff(change));
  return response;
}

export function createRequest(request: Create): CreateRequest {
  return {
    ...resource(request),
    inputs: fromStruct(request.getProperties()),
    preview: request.getPreview(),
    timeoutSeconds: request.getTimeout(),
  };
}

export function createResponse(result: CreateResult): pb.CreateResponse {
  const response = new providerPb.CreateResponse();
  response.setId(result.id);
  response.setProperties(toStruct(result.outputs));
  return response;
}

export function readRequest(request: Read): ReadRequest {
  return {
    ...resource(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getInputs()),
    oldOutputs: fromStruct(request.getProperties()),
  };
}

/** The engine drops a resource from state when the answer has no id. */
export function readResponse(result: ReadResult | undefined): pb.ReadResponse {
  const response = new providerPb.ReadResponse();
  if (result === undefined) return response;
  response.setId(result.id);
  response.setInputs(toStruct(result.inputs));
  response.setProperties(toStruct(result.outputs));
  return response;
}

export function updateRequest(request: Update): UpdateRequest {
  return {
    ...resource(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    preview: request.getPreview(),
    timeoutSeconds: request.getTimeout(),
  };
}

export function updateResponse(result: UpdateResult): pb.UpdateResponse {
  const response = new providerPb.UpdateResponse();
  response.setProperties(toStruct(result.outputs));
  return response;
}

export function deleteRequest(request: Delete): DeleteRequest {
  return {
    ...resource(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getProperties()),
    timeoutSeconds: request.getTimeout(),
  };
}

interface AboutResource {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

function resource(request: AboutResource): ResourceRequest {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}

function propertyDiff({ kind, replace }: PropertyChange): pb.PropertyDiff {
  const kinds = {
    add: replace ? Kind.ADD_REPLACE : Kind.ADD,
    update: replace ? Kind.UPDATE_REPLACE : Kind.UPDATE,
    delete: replace ? Kind.DELETE_REPLACE : Kind.DELETE,
  } as const;
  const diff = new providerPb.PropertyDiff();
  diff.setKind(kinds[kind]);
  return diff;
}

/** `spec` for `spec.ports[0]`, `a.b` for `["a.b"].c`; each once. */
function topLevelNames(changes: readonly PropertyChange[]): string[] {
  return [...new Set(changes.map((change) => topLevelName(change.path)))];
}

function topLevelName(path: string): string {
  const quoted = /^\["((?:[^"\\]|\\.)*)"\]/.exec(path);
  if (quoted?.[1] !== undefined) return quoted[1].replaceAll('\\"', '"');
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
