import { createRequire } from "node:module";
import process from "node:process";
import { serveProvider } from "../grpc/provider-service.ts";
import { datadogProvider } from "./provider.ts";

// The version that the package asks for: the stack then finds this plugin in place of that one.
const sdk = createRequire(import.meta.url)("@pulumi/datadog/package.json") as {
  pulumi: { version: string };
};

await serveProvider(process, datadogProvider(sdk.pulumi.version, process.env));
