import type { JavaThrowable } from "../formats/java-throwable.ts";
import type { HttpCall, HttpCallResponse } from "../http/client.ts";
import type { Json } from "../json.ts";
import { parseJson } from "../json.ts";
import { asyncCallFrames, connectFrames, JavaException } from "./throwables.ts";

export interface RestCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly accept: string;
  /** JSON text. */
  readonly body?: string;
  /** Sleuth's headers, which RestTemplate adds to every call. */
  readonly trace: { readonly traceId: string; readonly spanId: string };
  /** Frame of the service method that calls. */
  readonly frame: string;
}

/** Calls as Spring's RestTemplate does: every failure is the Java exception it would throw. */
export async function restExchange(call: HttpCall, request: RestCall): Promise<Json> {
  const response = await send(call, request);
  if (response.status >= 400) throw new JavaException(statusException(response, request));
  const type = response.headers["content-type"] ?? "";
  const body = response.body.toString("utf8");
  if (body === "") return null;
  const value = /[/+]json/.test(type) ? parseJson(body) : undefined;
  if (value !== undefined) return value;
  throw new JavaException({
    className: "org.springframework.web.client.RestClientException",
    message:
      "Could not extract response: no suitable HttpMessageConverter found for response type " +
      `and content type [${type}]`,
    frames: asyncCallFrames([], request.frame),
  });
}

async function send(call: HttpCall, request: RestCall): Promise<HttpCallResponse> {
  try {
    return await call({
      method: request.method,
      url: absolute(request.url),
      headers: {
        accept: request.accept,
        "x-b3-traceid": request.trace.traceId,
        "x-b3-spanid": request.trace.spanId,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  } catch (error) {
    throw error instanceof JavaException
      ? error
      : new JavaException(accessException(error, request));
  }
}

function absolute(url: string): string {
  if (/^https?:\/\/[^/]/.test(url)) return url;
  throw new JavaException({
    className: "java.lang.IllegalArgumentException",
    message: "URI is not absolute",
    frames: ["java.net.URI.toURL(URI.java:1088)"],
  });
}

function statusException(response: HttpCallResponse, { frame }: RestCall): JavaThrowable {
  const side = response.status < 500 ? "Client" : "Server";
  return {
    className: `org.springframework.web.client.Http${side}ErrorException`,
    message: `${response.status} ${response.reason}`,
    frames: asyncCallFrames(
      [
        "org.springframework.web.client.DefaultResponseErrorHandler.handleError(DefaultResponseErrorHandler.java:94)",
      ],
      frame,
    ),
  };
}

function accessException(error: unknown, { method, url, frame }: RestCall): JavaThrowable {
  const cause = socketException(error);
  const reason = cause.message ?? "null";
  const nested = `nested exception is ${cause.className}: ${reason}`;
  return {
    className: "org.springframework.web.client.ResourceAccessException",
    message: `I/O error on ${method} request for "${url}": ${reason}; ${nested}`,
    frames: asyncCallFrames([], frame),
    cause: { ...cause, frames: asyncCallFrames(cause.frames, frame) },
  };
}

function socketException(error: unknown): JavaThrowable {
  const { code, hostname } = error as { code?: string; hostname?: string };
  if (code === "ECONNREFUSED") {
    return {
      className: "java.net.ConnectException",
      message: "Connection refused (Connection refused)",
      frames: connectFrames,
    };
  }
  if (code === "ENOTFOUND") {
    return {
      className: "java.net.UnknownHostException",
      message: hostname,
      frames: ["java.net.AbstractPlainSocketImpl.connect(AbstractPlainSocketImpl.java:184)"],
    };
  }
  return {
    className: "java.net.SocketException",
    message: "Connection reset",
    frames: ["java.net.SocketInputStream.read(SocketInputStream.java:210)"],
  };
}
