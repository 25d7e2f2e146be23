"""Calls the stand-in with Datadog's official Python client: prints what it read, one JSON object.

usage: official_client.py <address> <from> <to> <slo>   (times in seconds)
"""

import json
import sys

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.v1.api.hosts_api import HostsApi
from datadog_api_client.v1.api.metrics_api import MetricsApi
from datadog_api_client.v1.api.monitors_api import MonitorsApi
from datadog_api_client.v1.api.service_level_objectives_api import ServiceLevelObjectivesApi
from datadog_api_client.v2.api.events_api import EventsApi
from datadog_api_client.v2.api.logs_api import LogsApi
from datadog_api_client.v2.api.metrics_api import MetricsApi as MetricsApiV2
from datadog_api_client.v2.model.metrics_scalar_query import MetricsScalarQuery
from datadog_api_client.v2.model.scalar_formula_query_request import ScalarFormulaQueryRequest
from datadog_api_client.v2.model.scalar_formula_request import ScalarFormulaRequest
from datadog_api_client.v2.model.scalar_formula_request_attributes import (
    ScalarFormulaRequestAttributes,
)
from datadog_api_client.v2.model.scalar_formula_request_queries import (
    ScalarFormulaRequestQueries,
)

address, start, end, slo = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
configuration = Configuration(host=address)
configuration.api_key = {"apiKeyAuth": "a", "appKeyAuth": "b"}

scalar = ScalarFormulaQueryRequest(
    data=ScalarFormulaRequest(
        type="scalar_request",
        attributes=ScalarFormulaRequestAttributes(
            _from=start * 1000,
            to=end * 1000,
            queries=ScalarFormulaRequestQueries(
                [
                    MetricsScalarQuery(
                        aggregator="sum", data_source="metrics", query="sum:shop.good{*}", name="a"
                    )
                ]
            ),
        ),
    )
)

with ApiClient(configuration) as client:
    curves = MetricsApi(client).query_metrics(start, end, "avg:shop.gauge{*}")
    columns = MetricsApiV2(client).query_scalar_data(scalar).data.attributes.columns
    history = ServiceLevelObjectivesApi(client).get_slo_history(slo, start, end)
    read = {
        "curve": [point.value[1] for point in curves.series[0].pointlist],
        "scalar": columns[0]["values"],
        "active": MetricsApi(client).list_active_metrics(start)["metrics"],
        "tags": list(
            MetricsApiV2(client).list_tags_by_metric_name("shop.gauge").data.attributes.tags
        ),
        "hosts": [host.name for host in HostsApi(client).list_hosts().host_list],
        "events": [one.attributes.attributes.title for one in EventsApi(client).list_events().data],
        "logs": len(LogsApi(client).list_logs_get(filter_query="refused").data),
        "groups": len(MonitorsApi(client).search_monitor_groups().groups),
        "sli": history.data.overall.sli_value,
    }

print(json.dumps(read))
