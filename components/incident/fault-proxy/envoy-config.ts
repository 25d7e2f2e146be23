import { stringify } from "yaml";
import type { ProxyPlan } from "../plan.ts";

/** Between whom the proxy stands. */
export interface EnvoyRoute extends Pick<ProxyPlan, "path" | "fault" | "percentage"> {
  /** Port that callers reach. */
  readonly port: number;

  /** Port that tells the kubelet whether the proxy is ready. */
  readonly readyPort: number;
  readonly upstream: { readonly name: string; readonly address: string; readonly port: number };
}

/** Path on the ready port. */
export const readyPath = "/ready";

// More than the largest load: a limit of the proxy must never look like the fault.
const connections = 1024;
const upstreamTimeout = "30s";

/** Envoy's whole configuration, as the YAML text that it reads at its start. */
export function envoyYaml(route: EnvoyRoute): string {
  return stringify(envoyConfig(route), { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * Envoy in front of one service: one POST is delayed or answered with an error, all else passes as
 * if the proxy were not there. There is no admin interface, so nobody can reach it.
 */
function envoyConfig(route: EnvoyRoute) {
  return {
    overload_manager: {
      resource_monitors: [
        {
          name: "envoy.resource_monitors.global_downstream_max_connections",
          typed_config: typed("resource_monitors.downstream_connections.v3", {
            "@type": "DownstreamConnectionsConfig",
            max_active_downstream_connections: connections,
          }),
        },
      ],
    },
    static_resources: {
      listeners: [proxyListener(route), readyListener(route)],
      clusters: [upstreamCluster(route.upstream)],
    },
  };
}

function proxyListener(route: EnvoyRoute) {
  const { port, path, upstream } = route;
  const onward = { cluster: upstream.name, timeout: upstreamTimeout };
  const faulty = {
    match: { path, headers: [{ name: ":method", string_match: { exact: "POST" } }] },
    route: onward,
    typed_per_filter_config: { "envoy.filters.http.fault": faultFilter(route) },
  };
  const passed = { match: { prefix: "/" }, route: onward };
  return listener("proxy", port, {
    // Callers must not be able to tell who answers.
    server_header_transformation: "PASS_THROUGH",
    generate_request_id: false,
    access_log: [accessLog],
    virtual_hosts: [{ name: upstream.name, domains: ["*"], routes: [faulty, passed] }],
    // Alone the filter does nothing; the one route says what happens there.
    http_filters: [{ name: "envoy.filters.http.fault", typed_config: httpFault({}) }],
  });
}

/** Ready once the upstream's name leads somewhere. */
function readyListener({ readyPort, upstream }: EnvoyRoute) {
  const check = typed("filters.http.health_check.v3", {
    "@type": "HealthCheck",
    pass_through_mode: false,
    headers: [{ name: ":path", string_match: { exact: readyPath } }],
    cluster_min_healthy_percentages: { [upstream.name]: { value: 1 } },
  });
  return listener("ready", readyPort, {
    virtual_hosts: [],
    http_filters: [{ name: "envoy.filters.http.health_check", typed_config: check }],
  });
}

interface HttpManager extends Readonly<Record<string, unknown>> {
  readonly virtual_hosts: readonly object[];
  readonly http_filters: readonly object[];
}

function listener(name: string, port: number, manager: HttpManager) {
  const { virtual_hosts, http_filters, ...rest } = manager;
  const router = {
    name: "envoy.filters.http.router",
    typed_config: typed("filters.http.router.v3", {
      "@type": "Router",
      suppress_envoy_headers: true,
    }),
  };
  const config = typed("filters.network.http_connection_manager.v3", {
    "@type": "HttpConnectionManager",
    stat_prefix: name,
    ...rest,
    route_config: { name, virtual_hosts },
    http_filters: [...http_filters, router],
  });
  return {
    name,
    address: { socket_address: { address: "0.0.0.0", port_value: port } },
    filter_chains: [
      {
        filters: [{ name: "envoy.filters.network.http_connection_manager", typed_config: config }],
      },
    ],
  };
}

function faultFilter({ fault, percentage }: EnvoyRoute) {
  const share = { numerator: percentage, denominator: "HUNDRED" };
  return "status" in fault
    ? httpFault({ abort: { http_status: fault.status, percentage: share } })
    : httpFault({ delay: { fixed_delay: `${fault.delaySeconds}s`, percentage: share } });
}

function httpFault(fields: object) {
  return typed("filters.http.fault.v3", { "@type": "HTTPFault", ...fields });
}

// Neither body nor query: a payment's body holds the card. Flag DI is a delay that the proxy added,
// FI an answer that it made up; the trace id joins a line with those of orders.
const accessLog = {
  name: "envoy.access_loggers.stdout",
  typed_config: typed("access_loggers.stream.v3", {
    "@type": "StdoutAccessLog",
    log_format: {
      json_format: {
        time: "%START_TIME(%Y-%m-%dT%H:%M:%S.%3fZ)%",
        method: "%REQ(:METHOD)%",
        path: "%PATH(NQ)%",
        // Not "status": Datadog takes that attribute for the level of the log.
        status_code: "%RESPONSE_CODE%",
        flags: "%RESPONSE_FLAGS%",
        duration_ms: "%DURATION%",
        upstream: "%UPSTREAM_HOST%",
        trace_id: "%REQ(X-B3-TRACEID)%",
      },
    },
  }),
};

function upstreamCluster({ name, address, port }: EnvoyRoute["upstream"]) {
  const endpoint = { address: { socket_address: { address, port_value: port } } };
  return {
    name,
    type: "STRICT_DNS",
    dns_lookup_family: "V4_PREFERRED",
    connect_timeout: "2s",
    circuit_breakers: {
      thresholds: [
        {
          max_connections: connections,
          max_pending_requests: connections,
          max_requests: connections,
        },
      ],
    },
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint }] }] },
  };
}

/** Envoy names the type of an extension's configuration by its protobuf package and message. */
function typed<Fields extends { readonly "@type": string }>(pkg: string, fields: Fields) {
  const type = `type.googleapis.com/envoy.extensions.${pkg}.${fields["@type"]}`;
  return { ...fields, "@type": type };
}
