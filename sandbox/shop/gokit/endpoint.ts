import type { Clock } from "../clock.ts";
import type { HttpResponse } from "../../http/message.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import { GoError } from "./go-error.ts";
import type { KitLog, LogfmtFields } from "./kit.ts";
import { kitError } from "./kit.ts";

/** One method of a go-kit service between its logging middleware and its transport. */
interface Endpoint<Result> {
  readonly method: string;
  /** Source position of the method's log line. */
  readonly caller: string;
  readonly run: () => Result;
  /** What the log line shows between `method` and `took`. */
  readonly fields: (result: Result | undefined, error: string | null) => LogfmtFields;
  readonly respond: (result: Result) => HttpResponse;
  readonly breaker?: CircuitBreaker;
}

export type ServeEndpoint = <Result>(endpoint: Endpoint<Result>) => Promise<HttpResponse>;

/**
 * Runs endpoints as go-kit does: the method's line first, with its duration, then an `err=` line
 * where it failed. Anything but a GoError is a fault of the stand-in and goes up.
 *
 * @param wrapped what an older go-kit puts before an endpoint's error; as the service then does not
 *   know the error any more, it answers 500
 */
export function endpointServer(clock: Clock, log: KitLog, wrapped = ""): ServeEndpoint {
  return async (endpoint) => {
    const call = () => Promise.resolve(logged(clock, log, endpoint));
    try {
      return endpoint.respond(await (endpoint.breaker ?? ((run) => run()))(call));
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      const message = wrapped + error.message;
      log("server.go:110", { err: message });
      return kitError(wrapped === "" ? error.status : 500, message);
    }
  };
}

function logged<Result>(clock: Clock, log: KitLog, endpoint: Endpoint<Result>): Result {
  const { method, caller, run, fields } = endpoint;
  const begin = clock.nanos();
  const write = (result: Result | undefined, error: string | null): void => {
    log(caller, { method, ...fields(result, error), took: clock.nanos() - begin });
  };
  try {
    const result = run();
    write(result, null);
    return result;
  } catch (error) {
    write(undefined, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
