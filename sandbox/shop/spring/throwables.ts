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

const MVC = "org.springframework.web.servlet.";
const CHAIN = "org.apache.catalina.core.ApplicationFilterChain.";
const inChain = [
  `${CHAIN}internalDoFilter(ApplicationFilterChain.java:192)`,
  `${CHAIN}doFilter(ApplicationFilterChain.java:165)`,
];
const oncePerRequest =
  "org.springframework.web.filter.OncePerRequestFilter.doFilter(OncePerRequestFilter.java:107)";

/** Spring Boot's filters, each of which calls the next one, innermost first. */
const filterFrames: readonly string[] = [
  ["org.springframework.boot.web.filter.ApplicationContextHeaderFilter", 55],
  ["org.springframework.boot.actuate.trace.WebRequestTraceFilter", 105],
  ["org.springframework.web.filter.RequestContextFilter", 99],
  ["org.springframework.web.filter.HttpPutFormContentFilter", 105],
  ["org.springframework.web.filter.HiddenHttpMethodFilter", 81],
  ["org.springframework.cloud.sleuth.instrument.web.TraceFilter", 141],
  ["org.springframework.web.filter.CharacterEncodingFilter", 197],
  ["org.springframework.boot.actuate.autoconfigure.MetricsFilter", 106],
].flatMap(([name, line]) => {
  const file = String(name).split(".").at(-1) ?? "";
  // Sleuth's is a plain servlet filter
  const own = file === "TraceFilter" ? ["doFilter"] : ["doFilterInternal"];
  const frames = own.map((method) => `${name}.${method}(${file}.java:${line})`);
  return [...frames, ...(file === "TraceFilter" ? [] : [oncePerRequest]), ...inChain];
});

/** Frames every controller call ends in: reflection, Spring MVC 4.3, Tomcat 8.5. */
const servletFrames: readonly string[] = [
  "org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:205)",
  "org.springframework.web.method.support.InvocableHandlerMethod.invokeForRequest(InvocableHandlerMethod.java:133)",
  `${MVC}mvc.method.annotation.ServletInvocableHandlerMethod.invokeAndHandle(ServletInvocableHandlerMethod.java:116)`,
  `${MVC}mvc.method.annotation.RequestMappingHandlerAdapter.invokeHandlerMethod(RequestMappingHandlerAdapter.java:827)`,
  `${MVC}mvc.method.annotation.RequestMappingHandlerAdapter.handleInternal(RequestMappingHandlerAdapter.java:738)`,
  `${MVC}mvc.method.AbstractHandlerMethodAdapter.handle(AbstractHandlerMethodAdapter.java:85)`,
  `${MVC}DispatcherServlet.doDispatch(DispatcherServlet.java:963)`,
  `${MVC}DispatcherServlet.doService(DispatcherServlet.java:897)`,
  `${MVC}FrameworkServlet.processRequest(FrameworkServlet.java:970)`,
  "javax.servlet.http.HttpServlet.service(HttpServlet.java:729)",
  `${CHAIN}internalDoFilter(ApplicationFilterChain.java:230)`,
  `${CHAIN}doFilter(ApplicationFilterChain.java:165)`,
  "org.apache.tomcat.websocket.server.WsFilter.doFilter(WsFilter.java:52)",
  ...inChain,
  ...filterFrames,
  "org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:198)",
  "org.apache.catalina.core.StandardContextValve.invoke(StandardContextValve.java:96)",
  "org.apache.catalina.authenticator.AuthenticatorBase.invoke(AuthenticatorBase.java:474)",
  "org.apache.catalina.core.StandardHostValve.invoke(StandardHostValve.java:140)",
  "org.apache.catalina.valves.ErrorReportValve.invoke(ErrorReportValve.java:79)",
  "org.apache.catalina.core.StandardEngineValve.invoke(StandardEngineValve.java:87)",
  "org.apache.catalina.connector.CoyoteAdapter.service(CoyoteAdapter.java:349)",
  "org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:783)",
  "org.apache.coyote.AbstractProcessorLight.process(AbstractProcessorLight.java:66)",
  "org.apache.coyote.AbstractProtocol$ConnectionHandler.process(AbstractProtocol.java:798)",
  "org.apache.tomcat.util.net.NioEndpoint$SocketProcessor.doRun(NioEndpoint.java:1434)",
  "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:49)",
  "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1142)",
  "java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:617)",
  "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run(TaskThread.java:61)",
  "java.lang.Thread.run(Thread.java:745)",
];

const AOP = "org.springframework.aop.";
const proceed = (line: number): string =>
  `${AOP}framework.ReflectiveMethodInvocation.proceed(ReflectiveMethodInvocation.java:${line})`;

/** Frames of a call that ran on one of Spring's async executors, within Sleuth's aspect. */
const executorFrames: readonly string[] = [
  "org.springframework.cglib.proxy.MethodProxy.invoke(MethodProxy.java:204)",
  `${AOP}framework.CglibAopProxy$CglibMethodInvocation.invokeJoinpoint(CglibAopProxy.java:720)`,
  proceed(157),
  `${AOP}aspectj.MethodInvocationProceedingJoinPoint.proceed(MethodInvocationProceedingJoinPoint.java:85)`,
  "org.springframework.cloud.sleuth.instrument.async.TraceAsyncAspect.traceBackgroundThread(TraceAsyncAspect.java:60)",
  "sun.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)",
  "java.lang.reflect.Method.invoke(Method.java:498)",
  `${AOP}aspectj.AbstractAspectJAdvice.invokeAdviceMethodWithGivenArgs(AbstractAspectJAdvice.java:629)`,
  `${AOP}aspectj.AbstractAspectJAdvice.invokeAdviceMethod(AbstractAspectJAdvice.java:618)`,
  `${AOP}aspectj.AspectJAroundAdvice.invoke(AspectJAroundAdvice.java:70)`,
  proceed(168),
  `${AOP}interceptor.ExposeInvocationInterceptor.invoke(ExposeInvocationInterceptor.java:92)`,
  proceed(179),
  `${AOP}interceptor.AsyncExecutionInterceptor$1.call(AsyncExecutionInterceptor.java:115)`,
  "java.util.concurrent.FutureTask.run(FutureTask.java:266)",
  "java.lang.Thread.run(Thread.java:745)",
];

const HTTP = "org.springframework.http.client.";
const execution = (line: number): string =>
  `${HTTP}InterceptingClientHttpRequest$InterceptingRequestExecution.execute(InterceptingClientHttpRequest.java:${line})`;

const restTemplateFrames: readonly string[] = [
  `${HTTP}AbstractClientHttpRequest.execute(AbstractClientHttpRequest.java:53)`,
  execution(99),
  "org.springframework.cloud.sleuth.instrument.web.client.TraceRestTemplateInterceptor.response(TraceRestTemplateInterceptor.java:61)",
  "org.springframework.cloud.sleuth.instrument.web.client.TraceRestTemplateInterceptor.intercept(TraceRestTemplateInterceptor.java:48)",
  execution(86),
  `${HTTP}InterceptingClientHttpRequest.executeInternal(InterceptingClientHttpRequest.java:70)`,
  `${HTTP}AbstractBufferingClientHttpRequest.executeInternal(AbstractBufferingClientHttpRequest.java:48)`,
  `${HTTP}AbstractClientHttpRequest.execute(AbstractClientHttpRequest.java:53)`,
  "org.springframework.web.client.RestTemplate.doExecute(RestTemplate.java:633)",
  "org.springframework.web.client.RestTemplate.execute(RestTemplate.java:595)",
  "org.springframework.web.client.RestTemplate.exchange(RestTemplate.java:547)",
];

/** Frames of Java's own HTTP client on its way to a socket, innermost first. */
export const connectFrames: readonly string[] = [
  "java.net.PlainSocketImpl.socketConnect(Native Method)",
  "java.net.AbstractPlainSocketImpl.doConnect(AbstractPlainSocketImpl.java:350)",
  "java.net.AbstractPlainSocketImpl.connectToAddress(AbstractPlainSocketImpl.java:206)",
  "java.net.AbstractPlainSocketImpl.connect(AbstractPlainSocketImpl.java:188)",
  "java.net.SocksSocketImpl.connect(SocksSocketImpl.java:392)",
  "java.net.Socket.connect(Socket.java:589)",
  "sun.net.NetworkClient.doConnect(NetworkClient.java:175)",
  "sun.net.www.http.HttpClient.openServer(HttpClient.java:432)",
  "sun.net.www.http.HttpClient.openServer(HttpClient.java:527)",
  "sun.net.www.http.HttpClient.<init>(HttpClient.java:211)",
  "sun.net.www.http.HttpClient.New(HttpClient.java:308)",
  "sun.net.www.protocol.http.HttpURLConnection.getNewHttpClient(HttpURLConnection.java:1202)",
  "sun.net.www.protocol.http.HttpURLConnection.plainConnect0(HttpURLConnection.java:1138)",
  "sun.net.www.protocol.http.HttpURLConnection.plainConnect(HttpURLConnection.java:1032)",
  "sun.net.www.protocol.http.HttpURLConnection.connect(HttpURLConnection.java:966)",
  `${HTTP}SimpleBufferingClientHttpRequest.executeInternal(SimpleBufferingClientHttpRequest.java:78)`,
  `${HTTP}AbstractBufferingClientHttpRequest.executeInternal(AbstractBufferingClientHttpRequest.java:48)`,
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
