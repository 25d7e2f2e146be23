"""Runs the tools of HolmesGPT's Datadog toolsets against the stand-in, as its agent would.

usage: holmes_toolsets.py <address>   prints a status for each tool, one JSON object
"""

import json
import logging
import sys
from unittest.mock import MagicMock

from holmes.plugins.toolsets.datadog.toolset_datadog_general import DatadogGeneralToolset
from holmes.plugins.toolsets.datadog.toolset_datadog_logs import DatadogLogsToolset
from holmes.plugins.toolsets.datadog.toolset_datadog_metrics import DatadogMetricsToolset

logging.disable(logging.CRITICAL)

CALLS = {
    "list_active_datadog_metrics": {"from_time": "-3600"},
    "query_datadog_metrics": {
        "query": "avg:shop.live{*}",
        "from_time": "-3600",
        "to_time": "0",
        "description": "live",
        "output_type": "Plain",
    },
    "get_datadog_metric_metadata": {"metric_names": "shop.live"},
    "list_datadog_metric_tags": {"metric_name": "shop.live"},
    "fetch_datadog_logs": {"query": "*", "start_datetime": "-3600", "end_datetime": "0"},
    "datadog_api_get": {"endpoint": "/api/v1/monitor", "query_params": {}, "description": "all"},
}

statuses = {}
for toolset in (DatadogMetricsToolset(), DatadogLogsToolset(), DatadogGeneralToolset()):
    config = {"api_key": "a", "app_key": "b", "api_url": sys.argv[1]}
    ready, why = toolset.prerequisites_callable(config)
    statuses[toolset.name] = "ready" if ready else why
    for tool in toolset.tools:
        if tool.name in CALLS:
            result = tool._invoke(dict(CALLS[tool.name]), MagicMock())
            statuses[tool.name] = result.status.value if result.error is None else result.error

print(json.dumps(statuses))
