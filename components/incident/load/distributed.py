"""The customers of locustfile.py on several workers, which the master counts as one load.

Each worker reports what its customers have seen so far; the master keeps the last report of each and
judges their sum, as one process would its own. The customers are numbered across the workers, so that
with SEED none repeats another one's orders. Workers print no verdict: one for a part would mislead.

WORKERS is the number of workers. A worker that ends without its last report leaves orders uncounted:
the journey is broken.
"""

import os
import time
from collections import Counter

import locustfile
from locust import events
from locust.runners import MasterRunner, WorkerRunner

WORKERS = int(os.environ.get("WORKERS", "1"))
# Seconds that the master waits for the last reports. Locust's own half a second is too short for a
# customer who waits for a slow shop, and --stop-timeout ends that after 15.
LAST_REPORTS_WITHIN = 25

# What each worker reported last, by its id.
reports = {}
# Number of this worker, 0 to WORKERS - 1; the master tells it before the first customer.
own = {"index": 0}


class Customer(locustfile.Customer):
    """A customer whose number no other worker gives."""

    def on_start(self):
        own["index"] = self.environment.runner.worker_index
        super().on_start()
        self.schedule = locustfile.Schedule(locustfile.SEED, number_of(self.number))


def number_of(local):
    """Number of a worker's customer among all customers."""
    return local * WORKERS + own["index"]


def tally(over):
    """What this worker's customers have seen so far, as JSON has it."""
    return {
        "outcomes": dict(locustfile.outcomes),
        "broken": dict(locustfile.broken),
        "sent": {str(number_of(local)): ids for local, ids in locustfile.sent.items()},
        "offered": [{"id": item["id"]} for item in locustfile.offered],
        "over": over,
    }


def add_up():
    """Makes the sum of the last reports what the verdict and the sequence are of."""
    for total, part in ((locustfile.outcomes, "outcomes"), (locustfile.broken, "broken")):
        total.clear()
        total.update(sum((Counter(one[part]) for one in reports.values()), Counter()))
    locustfile.sent.clear()
    for one in reports.values():
        locustfile.sent.update({int(number): ids for number, ids in one["sent"].items()})
        locustfile.offered[:] = one["offered"] or locustfile.offered


def receive(workers, client_id, data):
    """Takes the report of a worker that this master knows: those of one before it may still end."""
    if "load" in data and client_id in workers:
        reports[client_id] = data["load"]
        add_up()
        locustfile.announce()


def unfinished():
    """How many workers have not sent their last report."""
    return WORKERS - sum(one["over"] for one in reports.values())


def collect(environment, within=LAST_REPORTS_WITHIN, **_):
    """Ends the workers and waits for their last reports, before the master stops to listen."""
    runner = environment.runner
    # Else locust would give the customers of a worker that has ended to one that has not.
    runner.update_state("stopping")
    runner.send_message("quit")
    until = time.monotonic() + within
    while unfinished() > 0 and runner.worker_count > 0 and time.monotonic() < until:
        time.sleep(0.1)
    if unfinished() > 0:
        locustfile.broken["worker"] += unfinished()


def leave_to_master(environment, **_):
    """A worker that has done its part has succeeded, whatever its customers saw."""
    environment.process_exit_code = 0


@events.init.add_listener
def take_part(environment, **_):
    """Listens as master, or reports as worker; a process that is neither judges itself."""
    runner = environment.runner
    if isinstance(runner, MasterRunner):
        environment.events.worker_report.add_listener(
            lambda client_id, data, **_: receive(runner.worker_indexes, client_id, data)
        )
        environment.events.test_stopping.add_listener(collect)
    elif isinstance(runner, WorkerRunner):
        locustfile.announce = lambda: None
        environment.events.quitting.remove_listener(locustfile.report)
        environment.events.quitting.add_listener(leave_to_master)
        environment.events.report_to_master.add_listener(
            lambda client_id, data, **_: data.update(load=tally(runner.state == "stopped"))
        )
