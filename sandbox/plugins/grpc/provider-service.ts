import type { Server } from "@grpc/grpc-js";
import { engineLog } from "./engine-log.ts";
import { emptyPb, pluginPb } from "./packages.ts";
import { PluginError } from "./plugin-error.ts";
import type { CallContext, Provider } from "./provider.ts";
import * as message from "./provider-messages.ts";
import { providerGrpc, providerPb } from "./provider-stubs.ts";
import { servePlugin, type PluginLife, type PluginProcess } from "./serve.ts";
import { unary } from "./unary.ts";
import { fromStruct, toStruct } from "./wire-value.ts";

/** Serves a provider to the engine until it is asked to stop. */
export function serveProvider(process: PluginProcess, provider: Provider): Promise<void> {
  return servePlugin(process, (server, life) => {
    addProviderService(server, provider, life);
  });
}

/** Registers the provider's calls; what is not listed answers UNIMPLEMENTED. */
export function addProviderService(server: Server, provider: Provider, life: PluginLife): void {
  const context: CallContext = { signal: life.signal, log: engineLog(() => life.engineAddress) };
  server.addService(providerGrpc.ResourceProviderService, {
    ...pluginCalls(provider, life),
    ...configCalls(provider, context),
    ...resourceCalls(provider, context),
  });
}

function pluginCalls(provider: Provider, life: PluginLife) {
  return {
    handshake: unary((request: message.Handshake) => {
      life.engineAddress = request.getEngineAddress();
      const response = new providerPb.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return Promise.resolve(response);
    }),
    getPluginInfo: unary(() => {
      const response = new pluginPb.PluginInfo();
      response.setVersion(provider.version);
      return Promise.resolve(response);
    }),
    cancel: unary(() => {
      setImmediate(() => {
        life.stop();
      });
      return Promise.resolve(new emptyPb.Empty());
    }),
  };
}

function configCalls(provider: Provider, context: CallContext) {
  return {
    checkConfig: unary(async (request: message.Check) =>
      message.checkResponse(await provider.checkConfig(message.checkRequest(request), context)),
    ),
    diffConfig: unary(async (request: message.Diff) =>
      message.diffResponse(await provider.diffConfig(message.diffRequest(request), context)),
    ),
    configure: unary(async (request: message.Configure) => {
      await provider.configure(fromStruct(request.getArgs()), context);
      const response = new providerPb.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
  };
}

function resourceCalls(provider: Provider, context: CallContext) {
  return {
    check: unary(async (request: message.Check) =>
      message.checkResponse(await provider.check(message.checkRequest(request), context)),
    ),
    diff: unary(async (request: message.Diff) =>
      message.diffResponse(await provider.diff(message.diffRequest(request), context)),
    ),
    create: unary(async (request: message.Create) =>
      message.createResponse(await provider.create(message.createRequest(request), context)),
    ),
    read: unary(async (request: message.Read) =>
      message.readResponse(await provider.read(message.readRequest(request), context)),
    ),
    update: unary(async (request: message.Update) =>
      message.updateResponse(await provider.update(message.updateRequest(request), context)),
    ),
    delete: unary(async (request: message.Delete) => {
      await provider.delete(message.deleteRequest(request), context);
      return new emptyPb.Empty();
    }),
    invoke: unary((request: message.Invoke) => invoke(provider, request, context)),
  };
}

async function invoke(provider: Provider, request: message.Invoke, context: CallContext) {
  const token = request.getTok();
  if (provider.invoke === undefined) {
    throw new PluginError(`function ${token} is not served by this stand-in plugin`);
  }
  const args = fromStruct(request.getArgs());
  const response = new providerPb.InvokeResponse();
  response.setReturn(toStruct(await provider.invoke({ token, args }, context)));
  return response;
}
