import { grpc } from "../../grpc/packages.ts";
import { PluginError } from "../../grpc/plugin-error.ts";

/** The API refused a request. */
export class ApiError extends PluginError {
  readonly httpStatus: number;

  constructor(message: string, httpStatus: number) {
    super(message, httpStatus < 500 ? grpc.status.FAILED_PRECONDITION : grpc.status.UNKNOWN);
    this.httpStatus = httpStatus;
  }
}

/** One line about an answer of 4xx or 5xx, with what the API itself says. */
export function refusal(request: string, httpStatus: number, body: unknown): ApiError {
  const reasons = errorList(body);
  const said = reasons.length > 0 ? `: ${reasons.join("; ")}` : "";
  return new ApiError(
    `Datadog answered ${httpStatus} to ${request}${said}${hint(httpStatus)}`,
    httpStatus,
  );
}

/** One line about an API that did not answer at all. */
export function unreachable(apiUrl: string, cause: unknown): PluginError {
  const code = causeCode(cause);
  return new PluginError(
    `the Datadog API at ${apiUrl} cannot be reached (${code}): start the sandbox's stand-in with ` +
      `\`make up\`, or set the provider's apiUrl to an API that is up`,
    grpc.status.UNAVAILABLE,
  );
}

/** v1 answers `{"errors": ["…"]}`, v2 `{"errors": [{"title", "detail"}]}`. */
function errorList(body: unknown): string[] {
  const errors = (body as { errors?: unknown } | null | undefined)?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    if (typeof error === "string") return error;
    const { title, detail } = (error ?? {}) as { title?: string; detail?: string };
    return [title, detail].filter((part) => part !== undefined).join(": ");
  });
}

function hint(httpStatus: number): string {
  return httpStatus === 401 || httpStatus === 403
    ? " (check the provider's apiKey, appKey and that apiUrl is of the same site)"
    : "";
}

function causeCode(error: unknown): string {
  const { cause } = (error ?? {}) as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}
