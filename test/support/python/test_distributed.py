"""Tests of how the load of several workers becomes one load."""

import importlib.util
import json
import sys
import types
import unittest
from contextlib import redirect_stdout
from io import StringIO

import locust
from locust.runners import MasterRunner, WorkerRunner

from test_locustfile import PATH, locustfile

sys.modules["locustfile"] = locustfile
SPEC = importlib.util.spec_from_file_location("distributed", PATH.with_name("distributed.py"))
distributed = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(distributed)

ITEMS = [{"id": name} for name in "abcdefgh"]


def report(outcomes, over=True, broken=None, sent=None):
    return {
        "outcomes": outcomes,
        "broken": broken or {},
        "sent": sent or {},
        "offered": ITEMS,
        "over": over,
    }


def environment_of(runner):
    names = ("quitting", "test_stopping", "report_to_master", "worker_report")
    hooks = types.SimpleNamespace(**{name: type(locust.events.quitting)() for name in names})
    hooks.quitting.add_listener(locustfile.report)
    return types.SimpleNamespace(runner=runner, events=hooks, process_exit_code=None)


class Distributed(unittest.TestCase):
    def setUp(self):
        self.before = (locustfile.announce, locustfile.SEED)
        distributed.WORKERS = 2
        self.clear()

    def tearDown(self):
        locustfile.announce, locustfile.SEED = self.before
        distributed.WORKERS = 1
        distributed.own["index"] = 0
        self.clear()

    def clear(self):
        for one in (locustfile.outcomes, locustfile.broken, locustfile.sent, distributed.reports):
            one.clear()
        locustfile.offered.clear()
        locustfile.announced.clear()

    def receive(self, worker, load):
        with redirect_stdout(StringIO()):
            distributed.receive({"a": 0, "b": 1}, worker, {"load": load})


class Sum(Distributed):
    def test_is_of_the_last_report_of_each_worker(self):
        self.receive("a", report({"outage": 1}, over=False))
        self.receive("b", report({"outage": 2, "slow": 1}))
        self.receive("a", report({"outage": 4}))

        self.assertEqual(locustfile.outcomes, {"outage": 6, "slow": 1})
        self.assertEqual(locustfile.broken, {})

    def test_has_what_was_broken_on_any_worker(self):
        self.receive("a", report({"outage": 1}, broken={"cart": 1}))
        self.receive("b", report({"outage": 1}, broken={"cart": 2, "card": 1}))

        self.assertEqual(locustfile.broken, {"cart": 3, "card": 1})

    def test_is_judged_as_one_load(self):
        self.receive("a", report({"slow": 3}))
        code = lambda: locustfile.verdict(locustfile.outcomes, locustfile.broken, ("outage",), 0)[0]
        self.assertEqual(code(), 3)
        self.receive("b", report({"outage": 1}))
        self.assertEqual(code(), 0)

    def test_ignores_a_report_of_locust_alone(self):
        distributed.receive({"a": 0}, "a", {"stats": []})

        self.assertEqual(distributed.reports, {})

    def test_ignores_a_worker_of_the_master_before(self):
        self.receive("old", report({"outage": 1}))

        self.assertEqual(distributed.reports, {})
        self.assertEqual(locustfile.outcomes, {})


class Seed(Distributed):
    def numbers(self, index):
        distributed.own["index"] = index
        return [distributed.number_of(local) for local in range(3)]

    def test_numbers_no_customer_twice(self):
        self.assertEqual([self.numbers(0), self.numbers(1)], [[0, 2, 4], [1, 3, 5]])

    def test_makes_the_same_sequence_as_one_process(self):
        locustfile.SEED = "42"
        plans = {number: locustfile.planned("42", number, ITEMS)[:2] for number in range(4)}
        locustfile.sent.update(plans)
        locustfile.offered[:] = ITEMS
        whole = locustfile.sequence()
        self.clear()

        for worker, index in (("b", 1), ("a", 0)):
            sent = {str(number): plans[number] for number in (index, index + 2)}
            self.receive(worker, json.loads(json.dumps(report({}, sent=sent))))

        self.assertEqual(locustfile.sequence(), whole)
        self.assertTrue(whole["kept"])

    def test_draws_a_customer_from_the_number_among_all(self):
        locustfile.SEED = "42"
        customer = distributed.Customer()
        customer.environment = environment_of(types.SimpleNamespace(worker_index=1))
        customer.open_account = lambda: None
        customer.on_start()

        self.assertEqual(customer.schedule.next(), locustfile.Schedule("42", 1).next())
        self.assertEqual(list(distributed.tally(False)["sent"]), ["1"])


class Part(Distributed):
    def test_of_a_worker_is_a_report_and_no_verdict(self):
        runner = WorkerRunner()
        runner.state = "running"
        environment = environment_of(runner)
        distributed.take_part(environment)
        locustfile.outcomes["outage"] = 2

        self.assertEqual(environment.events.quitting.listeners, [distributed.leave_to_master])
        data = {}
        environment.events.report_to_master.listeners[0](client_id="a", data=data)
        self.assertEqual(data["load"]["outcomes"], {"outage": 2})
        self.assertFalse(data["load"]["over"])
        runner.state = "stopped"
        environment.events.report_to_master.listeners[0](client_id="a", data=data)
        self.assertTrue(data["load"]["over"])
        distributed.leave_to_master(environment)
        self.assertEqual(environment.process_exit_code, 0)

    def test_of_the_master_is_the_verdict(self):
        runner = MasterRunner()
        runner.worker_indexes = {"a": 0}
        environment = environment_of(runner)
        distributed.take_part(environment)

        self.assertEqual(environment.events.quitting.listeners, [locustfile.report])
        environment.events.worker_report.listeners[0](
            client_id="a", data={"load": report({"outage": 1})}
        )
        self.assertEqual(locustfile.outcomes, {"outage": 1})
        self.assertEqual(environment.events.test_stopping.listeners, [distributed.collect])

    def collect(self, worker_count=2, within=0):
        told = []
        runner = types.SimpleNamespace(
            update_state=told.append, send_message=told.append, worker_count=worker_count
        )
        distributed.collect(environment_of(runner), within=within)
        self.assertEqual(told, ["stopping", "quit"])
        return dict(locustfile.broken)

    def test_does_not_wait_for_workers_that_are_gone(self):
        self.assertEqual(self.collect(worker_count=0, within=3600), {"worker": 2})

    def test_that_is_over_is_complete(self):
        self.receive("a", report({"outage": 1}))
        self.receive("b", report({"outage": 1}))

        self.assertEqual(self.collect(), {})

    def test_without_its_last_report_breaks_the_journey(self):
        self.receive("a", report({"outage": 1}))
        self.receive("b", report({"outage": 1}, over=False))
        self.assertEqual(self.collect(), {"worker": 1})

        self.clear()
        self.assertEqual(self.collect(), {"worker": 2})


if __name__ == "__main__":
    unittest.main()
