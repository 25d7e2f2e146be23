"""The guard of a staged incident: restores the healthy state once the lease is over.

It needs nothing but Python's standard library and its own service account. The lease begins with
the guard's own Deployment and is as long as an annotation there says; both are read from the API,
and so is the time, so that neither a restart nor a wrong clock makes an incident last longer.
"""

import json
import os
import pathlib
import re
import signal
import ssl
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPException

ANNOTATION = "sock-shop/lease"
MANAGER = "sock-shop-lease"
POLL_SECONDS = 30
# Longer than one round can take, answers that never come included.
SILENT_SECONDS = 150
READY_WITHIN_SECONDS = 5


class ApiError(Exception):
    """The API did not do what it was asked; the text says what, and never holds the token."""


class NotThere(ApiError):
    """The API would have done it, but there is no such object: it judges the account first."""


def seconds_of(duration):
    """Seconds of a duration such as 90s, 30m or 2h; 0 for anything else."""
    match = re.fullmatch(r"([1-9]\d*)([smh])", str(duration))
    return int(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]] if match else 0


def deadline_of(deployment):
    """When the lease of a Deployment ends. Without a length that can be read it is over."""
    metadata = deployment["metadata"]
    lasts = seconds_of(metadata.get("annotations", {}).get(ANNOTATION))
    return datetime.fromisoformat(metadata["creationTimestamp"]) + timedelta(seconds=lasts)


def targets_of(config):
    """What the guard may put back: for each target its name, its path, and how it must be."""
    namespace = config["namespace"]
    deployments = f"/apis/apps/v1/namespaces/{namespace}/deployments"
    services = f"/api/v1/namespaces/{namespace}/services"
    return [
        *(
            (f"{name} with {count} replicas", f"{deployments}/{name}/scale", {"replicas": count})
            for name, count in config["replicas"].items()
        ),
        *(
            (f"Service {name} to its own pods", f"{services}/{name}", {"selector": selector})
            for name, selector in config["selectors"].items()
        ),
    ]


def change_for(live, wanted):
    """The merge patch that makes a live object as wanted; None where it is so already."""
    spec = live.get("spec", {})
    if "replicas" in wanted:
        # More pods than configured are healthy, and the API leaves a zero out.
        return None if spec.get("replicas", 0) >= wanted["replicas"] else {"spec": wanted}
    found, selector = spec.get("selector", {}), wanted["selector"]
    if found == selector:
        return None
    return {"spec": {"selector": {**dict.fromkeys(found), **selector}}}


def pause_until(deadline, now):
    """Seconds to the next look: none too late for the deadline, and never a busy loop."""
    left = (deadline - now).total_seconds()
    return POLL_SECONDS if left <= 0 else max(1.0, min(left, POLL_SECONDS))


def backoff(failures):
    """Seconds to wait after this number of failures in a row."""
    return min(2.0 ** (failures - 1), POLL_SECONDS)


class Api:
    """The cluster's API, as the pod's service account may use it."""

    def __init__(self, environment):
        host = environment["KUBERNETES_SERVICE_HOST"]
        port = environment["KUBERNETES_SERVICE_PORT"]
        self.base = f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"
        self.account = pathlib.Path(environment["SERVICE_ACCOUNT"])

    def call(self, method, path, body=None, **query):
        """Returns the answer and the API server's time. The token is renewed, so read each time."""
        url = f"{self.base}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        data = None if body is None else json.dumps(body).encode()
        try:
            with self.opened(urllib.request.Request(url, data, method=method)) as answer:
                return json.load(answer), parsedate_to_datetime(answer.headers["Date"])
        except urllib.error.HTTPError as error:
            failure = NotThere if error.code == 404 else ApiError
            raise failure(f"{method} {path}: {error.code} {reason_of(error.read())}") from error
        except (OSError, HTTPException) as error:
            raise ApiError(f"{method} {path}: {error}") from error
        except (ValueError, TypeError) as error:
            # Their text can hold what could not be read: the token, for one.
            raise ApiError(f"{method} {path}: unreadable ({type(error).__name__})") from error

    def opened(self, request):
        token = (self.account / "token").read_text().strip()
        request.add_unredirected_header("Authorization", f"Bearer {token}")
        request.add_header("Accept", "application/json")
        request.add_header("Content-Type", "application/merge-patch+json")
        trust = ssl.create_default_context(cafile=self.account / "ca.crt")
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        return opener.open(request, timeout=10)


def reason_of(body):
    """The message in which the API says why not."""
    try:
        return json.loads(body)["message"]
    except (ValueError, TypeError, KeyError):
        return "without a reason"


class Guard:
    """Rehearses what it will have to do, waits for the end of the lease, then puts things back."""

    def __init__(self, config, api, say):
        self.config, self.api, self.say = config, api, say
        self.rehearsed = False
        self.announced = None

    def look(self):
        """One round; returns the seconds to the next one."""
        if not self.rehearsed:
            self.rehearse()
        deployment, now = self.api.call("GET", self.own_path())
        deadline = deadline_of(deployment)
        if deadline != self.announced:
            self.say("info", f"the lease ends at {deadline.isoformat()}")
            self.announced = deadline
        if now >= deadline:
            self.restore()
        return pause_until(deadline, now)

    def own_path(self):
        namespace, name = self.config["namespace"], self.config["name"]
        return f"/apis/apps/v1/namespaces/{namespace}/deployments/{name}"

    def rehearse(self):
        """Lets the API judge each change without making it: a guard that may not act is none."""
        for what, path, wanted in targets_of(self.config):
            body = change_for(self.live(path), wanted) or {"spec": wanted}
            try:
                self.api.call("PATCH", path, body, fieldManager=MANAGER, dryRun="All")
            except NotThere:
                # In a stack that is new, what carries the fault waits for this guard.
                what += ", once it is there"
            self.say("info", f"may restore {what}")
        self.rehearsed = True

    def live(self, path):
        try:
            return self.api.call("GET", path)[0]
        except NotThere:
            return {}

    def restore(self):
        """Puts back what it can, and fails for the rest: one failure must not spare another."""
        failures = []
        for what, path, wanted in targets_of(self.config):
            try:
                live, _ = self.api.call("GET", path)
                change = change_for(live, wanted)
                if change is not None:
                    self.api.call("PATCH", path, change, fieldManager=MANAGER)
                    self.say("warning", f"the lease is over: restored {what}")
            except ApiError as error:
                failures.append(str(error))
        if failures:
            raise ApiError("; ".join(failures))


def run(guard, folder, stop):
    """Looks until it is told to stop. `alive` is touched in each round, `ready` after a good one."""
    failures = 0
    while not stop.is_set():
        try:
            pause = guard.look()
            failures = 0
            (folder / "ready").touch()
        except (ApiError, KeyError, TypeError, ValueError) as error:
            failures += 1
            pause = backoff(failures)
            guard.say("error", f"{error}; trying again in {pause:.0f} s")
        (folder / "alive").touch()
        stop.wait(pause)


def is_ready(folder):
    """Waits a moment for the first good round, so that its end is known at once."""
    until = time.monotonic() + READY_WITHIN_SECONDS
    while not (folder / "ready").exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def is_alive(folder):
    alive = folder / "alive"
    return alive.exists() and time.time() - alive.stat().st_mtime < SILENT_SECONDS


def say_as_json(level, message):
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    print(json.dumps({"time": now, "level": level, "message": message}), flush=True)


def main(words, environment):
    folder = pathlib.Path(environment["HEARTBEAT"])
    if words == ["ready"]:
        return 0 if is_ready(folder) else 1
    if words == ["alive"]:
        return 0 if is_alive(folder) else 1
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    config = json.loads(pathlib.Path(environment["LEASE"]).read_text())
    run(Guard(config, Api(environment), say_as_json), folder, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
