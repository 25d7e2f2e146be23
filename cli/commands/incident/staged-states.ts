import { incidentStates } from "../../../components/incident/plan.ts";
import { didYouMean } from "../../../settings/did-you-mean.ts";
import { UsageFailure } from "../../context/errors.ts";

/** The states of the flag that stage something. */
export const staged: readonly string[] = incidentStates.filter((state) => state !== "none");

/** @throws UsageFailure if there is no such state to stage */
export function readState(state: string): string {
  if (staged.includes(state)) return state;
  const hint = state === "none" ? "; run ./lab incident leave" : didYouMean(state, staged);
  throw new UsageFailure(`unknown incident "${state}": choose ${staged.join(", ")}${hint}`);
}
