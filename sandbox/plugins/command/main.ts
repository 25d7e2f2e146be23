import process from "node:process";
import { serveProvider } from "../grpc/provider-service.ts";
import { commandProvider } from "./command-provider.ts";

await serveProvider(process, commandProvider({ env: process.env, cwd: process.cwd() }));
