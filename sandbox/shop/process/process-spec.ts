import type { ProcessProgram } from "../../process-images.ts";
import { imagePattern, processImages } from "../../process-images.ts";
import type { Probe } from "../probes.ts";
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

/** Versions of the programs, as `toolchain/python/load.txt` pins them. */
export const programVersions: Readonly<Record<ProcessProgram, string>> = {
  locust: "2.32.1",
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
  if (tag === null || own.startsWith(`${tag[1] ?? ""}.`)) return;
  throw new Error(`the sandbox runs ${program} ${own}, but the pod's image is ${image}`);
}

/**
 * What follows the program's name on its command line.
 *
 * @throws one line where the container runs another program of its image
 */
export function argumentsOf({ program, words }: ProcessSpec): readonly string[] {
  const [first = "", ...rest] = words;
  if (first.split("/").at(-1) === program) return rest;
  if (first === "" || first.startsWith("-")) return words;
  throw new Error(`the sandbox runs only ${program} in its image, not "${first}"`);
}
