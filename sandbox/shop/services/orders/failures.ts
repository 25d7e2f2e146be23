import { DeadlineError } from "../../clock.ts";
import type { JavaThrowable } from "../../formats/java-throwable.ts";
import { javaToString, rootCause } from "../../formats/java-throwable.ts";
import { SpringError } from "../../spring/application.ts";
import { controllerFrames, JavaException } from "../../spring/throwables.ts";

const CONTROLLER = "works.weave.socks.orders.controllers.OrdersController";

/** Frames of the controller method from one of its lines on. */
function frames(line: number): readonly string[] {
  return controllerFrames(`${CONTROLLER}.newOrder(OrdersController.java:${line})`);
}

/** Refusals that Spring answers with 406 without a word in the log. */
export function notAcceptable(
  kind: "InvalidOrder" | "PaymentDeclined",
  message: string,
): SpringError {
  return new SpringError(406, `${CONTROLLER}$${kind}Exception`, message);
}

/** What `Future.get(timeout)` throws; undefined for an error that no call caused. */
export function futureException(error: unknown): JavaThrowable | undefined {
  if (error instanceof DeadlineError) {
    return {
      className: "java.util.concurrent.TimeoutException",
      frames: ["java.util.concurrent.FutureTask.get(FutureTask.java:205)", ...frames(104)],
    };
  }
  if (!(error instanceof JavaException)) return undefined;
  return {
    className: "java.util.concurrent.ExecutionException",
    message: javaToString(error.throwable),
    frames: ["java.util.concurrent.FutureTask.report(FutureTask.java:122)", ...frames(104)],
    cause: error.throwable,
  };
}

export const timeoutMessage = "Unable to create order due to timeout from one of the services.";
const ioMessage = "Unable to create order due to unspecified IO error.";

/** The 500 that the controller throws on: Tomcat logs it with its root cause. */
export function illegalState(message: string, cause: JavaThrowable): SpringError {
  const className = "java.lang.IllegalStateException";
  return new SpringError(500, className, message, {
    className,
    message,
    frames: frames(121),
    cause,
  });
}

/** The stock builds' catch blocks. */
export function stockFailure(exception: JavaThrowable): SpringError {
  const slow = exception.className.endsWith("TimeoutException");
  return illegalState(slow ? timeoutMessage : ioMessage, exception);
}

/** `Connection refused`: the innermost reason, without Java's repetition in brackets. */
export function shortReason(exception: JavaThrowable): string {
  const { className, message } = rootCause(exception);
  return (message ?? className).replace(/ \(.*\)$/, "");
}
