import { exitCodes } from "../context/errors.ts";
import { openSession } from "../stack/stack-session.ts";
import { destroyStack } from "../pulumi/destroy-stack.ts";
import type { Context } from "../context/context.ts";
import type { SessionRequest } from "./requests.ts";

/** Destroys the stack, then stops the sandbox. */
export async function runDown(wanted: SessionRequest, context: Context): Promise<number> {
  await destroyStack(await openSession(wanted, context));
  return exitCodes.ok;
}
