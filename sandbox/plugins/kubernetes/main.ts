import process from "node:process";
import { serveProvider } from "../grpc/provider-service.ts";
import { kubernetesProvider } from "./provider.ts";

await serveProvider(process, kubernetesProvider(process.env));
