"""Tests of what the guard of an incident decides, and of its rounds against an API that is told."""

import importlib.util
import os
import pathlib
import ssl
import tempfile
import threading
import unittest
from datetime import datetime, timedelta, timezone

PATH = pathlib.Path(__file__).parents[3] / "components" / "incident" / "lease" / "guard.py"
SPEC = importlib.util.spec_from_file_location("lease", PATH)
lease = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(lease)

BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc)
DOWN = {"namespace": "shop", "name": "guard", "replicas": {"payment": 2}, "selectors": {}}
SLOW = {
    "namespace": "shop",
    "name": "guard",
    "replicas": {},
    "selectors": {"payment": {"name": "payment"}},
}
SCALE = "/apis/apps/v1/namespaces/shop/deployments/payment/scale"
SERVICE = "/api/v1/namespaces/shop/services/payment"
OWN = "/apis/apps/v1/namespaces/shop/deployments/guard"


def guard_deployment(lasts="2h"):
    annotations = {} if lasts is None else {"sock-shop/lease": lasts}
    metadata = {"creationTimestamp": "2026-11-24T10:00:00Z", "annotations": annotations}
    return {"metadata": metadata}


class Durations(unittest.TestCase):
    def test_are_seconds_minutes_or_hours(self):
        self.assertEqual([lease.seconds_of(text) for text in ("90s", "30m", "2h")], [90, 1800, 7200])

    def test_are_nothing_else(self):
        for text in ("", "0s", "02m", "1.5h", "2", "h", "2h ", "2d", None, 7200):
            self.assertEqual(lease.seconds_of(text), 0, text)


class Deadline(unittest.TestCase):
    def test_counts_from_the_guards_own_deployment(self):
        self.assertEqual(lease.deadline_of(guard_deployment()), BEGIN + timedelta(hours=2))

    def test_is_over_where_the_length_was_taken_away(self):
        self.assertEqual(lease.deadline_of(guard_deployment(None)), BEGIN)
        self.assertEqual(lease.deadline_of(guard_deployment("for ever")), BEGIN)


class Pauses(unittest.TestCase):
    def test_end_at_the_deadline_or_sooner(self):
        def pause(seconds):
            return lease.pause_until(BEGIN + timedelta(seconds=seconds), BEGIN)

        self.assertEqual([pause(31), pause(30), pause(29), pause(0.5)], [30, 30, 29, 1])

    def test_are_regular_after_the_deadline(self):
        self.assertEqual(lease.pause_until(BEGIN, BEGIN), 30)
        self.assertEqual(lease.pause_until(BEGIN, BEGIN + timedelta(hours=9)), 30)

    def test_grow_with_failures_up_to_a_limit(self):
        self.assertEqual([lease.backoff(n) for n in (1, 2, 3, 5, 6, 99)], [1, 2, 4, 16, 30, 30])


class Changes(unittest.TestCase):
    def test_bring_back_missing_pods_only(self):
        wanted = {"replicas": 2}
        for spec in ({}, {"replicas": 0}, {"replicas": 1}):
            self.assertEqual(lease.change_for({"spec": spec}, wanted), {"spec": {"replicas": 2}})
        for count in (2, 3):
            self.assertIsNone(lease.change_for({"spec": {"replicas": count}}, wanted))

    def test_bring_back_a_selector_and_drop_what_was_added(self):
        wanted = {"selector": {"name": "payment"}}
        live = {"spec": {"selector": {"name": "payment-proxy", "by": "hand"}}}
        self.assertIsNone(lease.change_for({"spec": wanted}, wanted))
        self.assertEqual(
            lease.change_for(live, wanted),
            {"spec": {"selector": {"name": "payment", "by": None}}},
        )


class TestApi:
    """Answers from a table, at a time of its own, and keeps what it was asked to change."""

    def __init__(self, objects, now):
        self.objects, self.now = objects, now
        self.changes, self.rehearsals, self.failing = [], [], 0

    def call(self, method, path, body=None, **query):
        if self.failing > 0:
            self.failing -= 1
            raise lease.ApiError(f"{method} {path}: connection refused")
        rehearsal = query.pop("dryRun", None) == "All"
        assert query == ({} if method == "GET" else {"fieldManager": "sock-shop-lease"})
        if rehearsal:
            self.rehearsals.append((path, body))
        if path not in self.objects:
            raise lease.NotThere(f"{method} {path}: 404 not found")
        if method == "PATCH" and not rehearsal:
            self.changes.append((path, body))
            self.objects[path]["spec"].update(body["spec"])
        return self.objects[path], self.now


class Rounds(unittest.TestCase):
    def setUp(self):
        self.said = []

    def guard(self, config, objects, minutes):
        api = TestApi({OWN: guard_deployment(), **objects}, BEGIN + timedelta(minutes=minutes))
        return lease.Guard(config, api, lambda level, message: self.said.append((level, message)))

    def test_touch_nothing_before_the_deadline(self):
        guard = self.guard(DOWN, {SCALE: {"spec": {}}}, 119)
        self.assertEqual([guard.look() for _ in range(3)], [30, 30, 30])
        self.assertEqual(guard.api.changes, [])
        self.assertEqual(guard.api.rehearsals, [(SCALE, {"spec": {"replicas": 2}})])
        self.assertEqual(
            self.said,
            [
                ("info", "may restore payment with 2 replicas"),
                ("info", "the lease ends at 2026-11-24T12:00:00+00:00"),
            ],
        )

    def test_restore_pods_from_the_deadline_on_and_say_so_once(self):
        guard = self.guard(DOWN, {SCALE: {"spec": {}}}, 120)
        guard.look()
        guard.look()
        self.assertEqual(guard.api.changes, [(SCALE, {"spec": {"replicas": 2}})])
        self.assertEqual(
            self.said[-1], ("warning", "the lease is over: restored payment with 2 replicas")
        )

    def test_restore_again_what_somebody_staged_once_more(self):
        guard = self.guard(SLOW, {SERVICE: {"spec": {"selector": {"name": "proxy"}}}}, 121)
        guard.look()
        guard.api.objects[SERVICE]["spec"]["selector"] = {"name": "proxy"}
        guard.look()
        self.assertEqual(
            guard.api.changes, [(SERVICE, {"spec": {"selector": {"name": "payment"}}})] * 2
        )

    def test_follow_a_lease_that_was_made_shorter(self):
        guard = self.guard(DOWN, {SCALE: {"spec": {}}}, 60)
        guard.look()
        guard.api.objects[OWN] = guard_deployment("1h")
        guard.look()
        self.assertEqual(len(guard.api.changes), 1)

    def test_rehearse_until_the_cluster_lets_them(self):
        guard = self.guard(DOWN, {SCALE: {"spec": {}}}, 1)
        guard.api.failing = 1
        with self.assertRaises(lease.ApiError):
            guard.look()
        self.assertFalse(guard.rehearsed)
        guard.look()
        self.assertTrue(guard.rehearsed)

    def test_rehearse_what_a_new_stack_makes_after_them(self):
        for config, path, spec, what in (
            (DOWN, SCALE, {"replicas": 2}, "payment with 2 replicas"),
            (SLOW, SERVICE, {"selector": {"name": "payment"}}, "Service payment to its own pods"),
        ):
            guard = self.guard(config, {}, 1)
            guard.look()
            self.assertEqual(guard.api.rehearsals, [(path, {"spec": spec})])
            self.assertEqual(self.said[-2], ("info", f"may restore {what}, once it is there"))

    def test_restore_the_rest_when_one_is_gone_and_say_that_it_is(self):
        both = {**DOWN, "replicas": {"shipping": 1, "payment": 2}}
        guard = self.guard(both, {SCALE: {"spec": {}}}, 120)
        with self.assertRaisesRegex(lease.ApiError, "^GET .*/shipping/scale: 404 not found$"):
            guard.look()
        self.assertEqual(guard.api.changes, [(SCALE, {"spec": {"replicas": 2}})])


class Stop:
    """Ends after this number of rounds, and keeps the pauses between them."""

    def __init__(self, rounds):
        self.rounds, self.pauses = rounds, []

    def is_set(self):
        return len(self.pauses) == self.rounds

    def wait(self, seconds):
        self.pauses.append(seconds)


class Run(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.said = []

    def run_with(self, look, rounds):
        guard = type("Guard", (), {})()
        guard.look, guard.say = look, lambda *words: self.said.append(words)
        stop = Stop(rounds)
        lease.run(guard, self.folder, stop)
        return stop.pauses

    def test_tries_again_after_each_kind_of_failure_and_is_alive_but_not_ready(self):
        failures = iter([lease.ApiError("GET /x: 403 forbidden"), KeyError("spec"), ValueError("?")])

        def look():
            raise next(failures)

        self.assertEqual(self.run_with(look, 3), [1, 2, 4])
        self.assertEqual(self.said[0], ("error", "GET /x: 403 forbidden; trying again in 1 s"))
        self.assertTrue(lease.is_alive(self.folder))
        self.assertFalse((self.folder / "ready").exists())

    def test_is_ready_after_a_good_round_and_forgets_earlier_failures(self):
        results = iter([lease.ApiError("no"), 30, lease.ApiError("no"), 30])

        def look():
            result = next(results)
            if isinstance(result, Exception):
                raise result
            return result

        self.assertEqual(self.run_with(look, 4), [1, 30, 1, 30])
        self.assertTrue(lease.is_ready(self.folder))

    def test_is_dead_after_a_long_silence(self):
        self.assertFalse(lease.is_alive(self.folder))
        (self.folder / "alive").touch()
        old = (self.folder / "alive").stat().st_mtime - lease.SILENT_SECONDS - 1
        os.utime(self.folder / "alive", (old, old))
        self.assertFalse(lease.is_alive(self.folder))

    def test_is_not_ready_while_nothing_was_rehearsed(self):
        lease.READY_WITHIN_SECONDS = 0.05
        self.assertFalse(lease.is_ready(self.folder))

    def test_ends_at_once_when_told_to(self):
        stop = threading.Event()
        stop.set()
        lease.run(None, self.folder, stop)


class TheApi(unittest.TestCase):
    def test_never_names_the_token_when_it_cannot_be_reached(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "token").write_text("s3\ncret")
            environment = {
                "KUBERNETES_SERVICE_HOST": "127.0.0.1",
                "KUBERNETES_SERVICE_PORT": "1",
                "SERVICE_ACCOUNT": name,
            }
            for certificate in (None, ssl.get_default_verify_paths().cafile):
                if certificate:
                    (folder / "ca.crt").write_text(pathlib.Path(certificate).read_text())
                with self.assertRaises(lease.ApiError) as failure:
                    lease.Api(environment).call("GET", "/x")
                self.assertNotIn("cret", str(failure.exception))

    def test_speaks_to_addresses_of_both_generations(self):
        def base(host):
            environment = {
                "KUBERNETES_SERVICE_HOST": host,
                "KUBERNETES_SERVICE_PORT": "443",
                "SERVICE_ACCOUNT": "/x",
            }
            return lease.Api(environment).base

        self.assertEqual(base("10.0.0.1"), "https://10.0.0.1:443")
        self.assertEqual(base("fd00::1"), "https://[fd00::1]:443")

    def test_gives_the_reason_that_it_was_given(self):
        self.assertEqual(lease.reason_of(b'{"message":"is forbidden"}'), "is forbidden")
        for body in (b"", b"<html>", b"[]", b"{}"):
            self.assertEqual(lease.reason_of(body), "without a reason")


if __name__ == "__main__":
    unittest.main()
