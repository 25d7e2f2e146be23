import { createRequire } from "node:module";
import process from "node:process";
import { servePlugin } from "../grpc/serve.ts";
import { addLanguageService } from "./language-service.ts";

const sdk = createRequire(import.meta.url)("@pulumi/pulumi/package.json") as { version: string };

await servePlugin(process, (server, life) => {
  addLanguageService(server, { version: sdk.version, env: process.env, output: passOn() }, life);
});

function passOn() {
  return {
    stdout: (chunk: Buffer) => void process.stdout.write(chunk),
    stderr: (chunk: Buffer) => void process.stderr.write(chunk),
  };
}
