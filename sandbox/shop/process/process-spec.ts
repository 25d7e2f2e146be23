import type { ProcessProgram } from "../../host/real-program-images.ts";
import { imagePattern, processImages } from "../../host/real-program-images.ts";
import type { Probe } from "../pod/probes.ts";
import type { PodVolume } from "./pod-files.ts";

/** A pod whose program is a real process, as the cluster describes it. */
export interface ProcessSpec {
  readonly program: ProcessProgram;
  readonly podName: string;
  readonly namespace: string;
  readonly image: string;
  /** The container's command and arguments. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly probes: readonly Probe[];
  readonly volumes: readonly PodVolume[];
  readonly restart: "Always" | "OnFailure" | "Never";
  /** Time between SIGTERM and SIGKILL, in seconds. */
  readonly graceSeconds: number;
}

/** Versions of the real programs, as `toolchain/python/load.txt` pins them. */
export const programVersions: Readonly<Partial<Record<ProcessProgram, string>>> = {
  locust: "2.47.0",
  envoy: "1.40.0",
};

/** The real program that a pod of this image runs; undefined for a stand-in's image. */
export function programOfImage(image: string): ProcessProgram | undefined {
  const programs = Object.keys(processImages) as ProcessProgram[];
  return programs.find((program) => new RegExp(imagePattern(processImages[program])).test(image));
}

/**
 * Refuses an image of another minor release than the program here: it may do other things.
 *
 * @throws one line with both versions
 */
export function assertVersion(program: ProcessProgram, image: string): void {
  const tag = /:[^:@/]*?(\d+\.\d+)(\.\d+)?[^:@/]*(?:@|$)/.exec(image);
  const own = programVersions[program];
  if (tag === null || own === undefined || own.startsWith(`${tag[1] ?? ""}.`)) return;
  throw new Error(`the sandbox runs ${program} ${own}, but the pod's image is ${image}`);
}

/** Programs of the same image that are run as well: locust's has the Python that locust is in. */
const besides: Readonly<Record<ProcessProgram, readonly string[]>> = {
  locust: ["python3"],
  envoy: [],
  "synthetics-worker": [],
};

/**
 * The program that a command line names, or that its image starts by itself, and what follows it.
 *
 * @throws one line where the image's program is another
 */
export function entryOf(
  program: ProcessProgram,
  words: readonly string[],
): { readonly name: string; readonly args: readonly string[] } {
  const [first = "", ...rest] = words;
  const name = first.split("/").at(-1) ?? "";
  const known = [program, ...besides[program]];
  if (known.includes(name)) return { name, args: rest };
  if (first === "" || first.startsWith("-")) return { name: program, args: words };
  throw new Error(`the sandbox runs only ${known.join(" and ")} in its image, not "${first}"`);
}
