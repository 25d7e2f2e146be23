import type { JavaThrowable } from "../formats/java-throwable.ts";

/** A Java exception on its way through the stand-in. */
export class JavaException extends Error {
  override readonly name = "JavaException";
  readonly throwable: JavaThrowable;

  constructor(throwable: JavaThrowable) {
    super(throwable.message);
    this.throwable = throwable;
  }
}

/** Frames every controller call ends in: reflection, Spring MVC 4.3, Tomcat 8.5. */
const servletFrames: readonly string[] = [
  "org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod.invokeAndHandle(ServletInvocableHandlerMethod.java:97)",
  "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter.handleInternal(RequestMappingHandlerAdapter.java:739)",
  "org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:967)",
  "org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:976)",
  "javax.servlet.http.HttpServlet.service(HttpServlet.java:742)",
  "org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:166)",
  "org.springframework.cloud.sleuth.instrument.web.TraceFilter.doFilter(TraceFilter.java:145)",
  "org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:198)",
  "org.apache.catalina.valves.ErrorReportValve.invoke(ErrorReportValve.java:79)",
  "org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:799)",
  "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run(TaskThread.java:61)",
  "java.lang.Thread.run(Thread.java:748)",
];

/** Frames of a call that ran on one of Spring's async executors. */
const executorFrames: readonly string[] = [
  "org.springframework.aop.interceptor.AsyncExecutionInterceptor$1.call(AsyncExecutionInterceptor.java:115)",
  "java.util.concurrent.FutureTask.run(FutureTask.java:266)",
  "java.lang.Thread.run(Thread.java:748)",
];

const restTemplateFrames: readonly string[] = [
  "org.springframework.web.client.RestTemplate.doExecute(RestTemplate.java:633)",
  "org.springframework.web.client.RestTemplate.execute(RestTemplate.java:595)",
  "org.springframework.web.client.RestTemplate.exchange(RestTemplate.java:547)",
];

/** Frames below a controller's own, innermost first. */
export function controllerFrames(frame: string): readonly string[] {
  return [
    frame,
    "sun.reflect.NativeMethodAccessorImpl.invoke0(Native Method)",
    "java.lang.reflect.Method.invoke(Method.java:498)",
    ...servletFrames,
  ];
}

/** Frames of a RestTemplate call in an async service method. */
export function asyncCallFrames(own: readonly string[], serviceFrame: string): readonly string[] {
  return [...own, ...restTemplateFrames, serviceFrame, ...executorFrames];
}
