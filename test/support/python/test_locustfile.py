"""Tests of what the locustfile concludes from the shop's answers, and of one customer's journey."""

import importlib.util
import json
import pathlib
import unittest
from collections import Counter
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO

from locust import events
from locust.exception import StopUser

PATH = pathlib.Path(__file__).parents[3] / "components" / "incident" / "load" / "locustfile.py"
SPEC = importlib.util.spec_from_file_location("locustfile", PATH)
locustfile = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(locustfile)

STOCK_OUTAGE = '{"message":"Unable to create order due to unspecified IO error."}'
FIX_OUTAGE = '{"message":"Payment service unavailable for order 6900953ac1f4320001b50703. Retry."}'
HOLY = {"id": "03fef6ac", "price": 99.99}
FIGUEROA = {"id": "819e1fbf", "price": 14.0}


class Classify(unittest.TestCase):
    def check(self, status, body, outcome):
        self.assertEqual(locustfile.classify(status, body), outcome)

    def test_a_created_order_is_placed(self):
        self.check(201, '{"id":"6900953ac1f4320001b50703"}', "placed")

    def test_stock_orders_without_payment_is_the_outage(self):
        self.check(500, STOCK_OUTAGE, "outage")

    def test_status_fix_orders_without_payment_is_the_outage(self):
        self.check(500, FIX_OUTAGE, "outage")

    def test_a_missing_login_is_no_outage_although_it_is_500(self):
        self.check(500, '{"message":"User not logged in.","error":{}}', "login")

    def test_a_declined_card_is_no_outage_although_it_names_payment(self):
        self.check(406, '{"message":"Payment declined: amount exceeds 105.00"}', "declined")

    def test_a_timeout_is_slow(self):
        body = '{"message":"Unable to create order due to timeout from one of the services."}'
        self.check(500, body, "slow")

    def test_anything_else_is_unknown(self):
        self.check(500, "Internal Server Error", "unknown")
        self.check(500, '{"message":null}', "unknown")
        self.check(500, "[]", "unknown")
        self.check(200, STOCK_OUTAGE, "unknown")
        self.check(0, None, "unknown")


class Verdict(unittest.TestCase):
    def tearDown(self):
        locustfile.CONTROL = False

    def check(self, seen, faults, exceptions, code, expected=("outage",)):
        got, _ = locustfile.verdict(Counter(seen), Counter(faults), expected, exceptions)
        self.assertEqual(got, code)

    def test_one_outage_and_nothing_broken_is_expected(self):
        self.check({"outage": 1}, {}, 0, 0)

    def test_orders_placed_before_or_after_do_not_matter(self):
        self.check({"outage": 1, "placed": 9, "slow": 1}, {}, 0, 0)

    def test_no_outage_means_the_fault_did_not_land(self):
        self.check({"placed": 9}, {}, 0, 3)
        self.check({}, {}, 0, 3)

    def test_a_mixture_needs_each_of_its_outcomes(self):
        unavailable = ("unavailable",)
        self.check({"outage": 1}, {}, 0, 0, unavailable)
        self.check({"slow": 1, "placed": 9}, {}, 0, 0, unavailable)
        self.check({"outage": 1, "slow": 1}, {}, 0, 0, unavailable)
        self.check({"placed": 9, "late": 1, "warm-up": 1}, {}, 0, 3, unavailable)
        mixture = ("outage", "placed")
        self.check({"outage": 1, "placed": 1}, {}, 0, 0, mixture)
        self.check({"outage": 9}, {}, 0, 3, mixture)
        self.check({"placed": 9}, {}, 0, 3, mixture)

    def test_a_slow_start_proves_no_slow_shop(self):
        self.check({"warm-up": 9, "placed": 9}, {}, 0, 3, ("slow",))

    def test_a_control_run_may_see_nothing_else(self):
        locustfile.CONTROL = True
        self.check({"placed": 9, "warm-up": 1}, {}, 0, 0, ("placed",))
        self.check({"placed": 9, "outage": 1}, {}, 0, 5, ("placed",))
        self.check({"placed": 9, "declined": 1}, {}, 0, 5, ("placed",))
        self.check({"declined": 9}, {}, 0, 0, ("declined",))
        self.check({"declined": 9, "placed": 1}, {}, 0, 5, ("declined",))
        self.check({}, {}, 0, 3, ("declined",))

    def test_a_broken_journey_is_never_a_success(self):
        self.check({"outage": 9}, {"login": 1}, 0, 4)
        self.check({"outage": 9}, {}, 1, 4)


class Affordable(unittest.TestCase):
    def test_leaves_out_what_payment_declines_and_what_is_free(self):
        free = {"id": "x", "price": 0}
        self.assertEqual(locustfile.affordable([HOLY, FIGUEROA, free]), [FIGUEROA])

    def test_counts_shipping(self):
        at, above = {"price": 95.01}, {"price": 95.02}
        self.assertEqual(locustfile.affordable([at, above]), [at])


class Unaffordable(unittest.TestCase):
    def test_takes_as_many_of_the_dearest_as_every_payment_declines(self):
        self.assertEqual(locustfile.unaffordable([FIGUEROA, HOLY]), (HOLY, 2))
        self.assertEqual(locustfile.unaffordable([FIGUEROA]), (FIGUEROA, 8))

    def test_is_above_the_limit_and_not_at_it(self):
        at, above = {"price": 100.01}, {"price": 100.02}
        self.assertEqual(locustfile.unaffordable([at]), (at, 2))
        self.assertEqual(locustfile.unaffordable([above]), (above, 1))

    def test_finds_nothing_among_free_items(self):
        self.assertIsNone(locustfile.unaffordable([{"id": "x", "price": 0}]))


class Sequence(unittest.TestCase):
    ITEMS = [{"id": letter, "price": 10.0} for letter in "abcdefgh"]

    def setUp(self):
        locustfile.sent.clear()
        locustfile.offered[:] = self.ITEMS

    def tearDown(self):
        locustfile.SEED = None
        locustfile.sent.clear()
        locustfile.offered.clear()

    def test_of_a_customer_is_the_same_with_the_same_seed(self):
        first = locustfile.planned("42", 3, self.ITEMS)
        self.assertEqual(first, locustfile.planned("42", 3, self.ITEMS))
        self.assertEqual(len(first), locustfile.HASHED)

    def test_differs_between_seeds_and_between_customers(self):
        first = locustfile.planned("42", 3, self.ITEMS)
        self.assertNotEqual(first, locustfile.planned("43", 3, self.ITEMS))
        self.assertNotEqual(first, locustfile.planned("42", 4, self.ITEMS))

    def test_pauses_stay_within_their_bounds(self):
        schedule = locustfile.Schedule("42", 0)
        pauses = [schedule.next()[0] for _ in range(500)]
        self.assertGreaterEqual(min(pauses), 2)
        self.assertLessEqual(max(pauses), 4)

    def test_has_a_hash_that_does_not_depend_on_how_far_the_customers_came(self):
        locustfile.SEED = "42"
        plan = locustfile.planned("42", 0, self.ITEMS)
        locustfile.sent[0] = plan[:3]
        short = locustfile.sequence()
        locustfile.sent[0] = plan[:9]
        self.assertEqual(locustfile.sequence(), short)
        self.assertEqual((short["seed"], short["customers"], short["kept"]), ("42", 1, True))
        locustfile.sent[1] = []
        self.assertNotEqual(locustfile.sequence()["sequence"], short["sequence"])

    def test_is_printed_once_all_customers_have_ordered_and_again_with_more_of_them(self):
        locustfile.SEED = "42"
        locustfile.announced.clear()
        plans = [locustfile.planned("42", number, self.ITEMS) for number in range(2)]
        output = StringIO()
        with redirect_stdout(output):
            locustfile.sent.update({0: plans[0][:1], 1: []})
            locustfile.announce()
            locustfile.sent[1] = plans[1][:1]
            locustfile.announce()
            locustfile.announce()
        lines = [json.loads(line) for line in output.getvalue().splitlines()]
        self.assertEqual([line["customers"] for line in lines], [2])

    def test_says_when_a_customer_ordered_something_else(self):
        locustfile.SEED = "42"
        locustfile.sent[0] = [*locustfile.planned("42", 0, self.ITEMS)[:2], "another"]
        self.assertFalse(locustfile.sequence()["kept"])

    def test_takes_the_item_at_a_share_of_the_list(self):
        self.assertEqual(locustfile.pick(self.ITEMS, 0.0)["id"], "a")
        self.assertEqual(locustfile.pick(self.ITEMS, 0.999)["id"], "h")


class Answer:
    def __init__(self, status, body="", seconds=0.1):
        self.status_code = status
        self.text = body
        self.elapsed = timedelta(seconds=seconds)
        self.result = None

    def json(self):
        return json.loads(self.text)

    def success(self):
        self.result = "success"

    def failure(self, reason):
        self.result = reason

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class Shop:
    """A shop with the answers it was given, and a record of what it was asked."""

    def __init__(self, **answers):
        self.answers = answers
        self.cookies = {}
        self.asked = []
        self.last = None

    def ask(self, method, path):
        self.asked.append(f"{method} {path}")
        default = Answer(200, "{}")
        self.last = self.answers.get(f"{method}{path}".replace("/", "_"), default)
        if path == "/register" and self.last.status_code == 200:
            self.cookies["logged_in"] = "1"
        return self.last

    def get(self, path, **_):
        return self.ask("get", path)

    def post(self, path, **_):
        return self.ask("post", path)

    def delete(self, path, **_):
        return self.ask("delete", path)


class Journey(unittest.TestCase):
    def setUp(self):
        locustfile.outcomes.clear()
        locustfile.broken.clear()
        locustfile.EXPECTED, locustfile.CONTROL = ("outage",), False
        locustfile.time.sleep = lambda _seconds: None

    def customer(self, **answers):
        customer = locustfile.Customer(Shop(**answers))
        customer.warm = True
        return customer

    def order(self, status, body, cart='[{"itemId":"819e1fbf","quantity":1,"unitPrice":14}]'):
        customer = self.customer(
            get_catalogue=Answer(200, json.dumps([HOLY, FIGUEROA])),
            get_cart=Answer(200, cart),
            post_orders=Answer(status, body),
        )
        customer.order()
        return customer.client

    def test_registers_and_reads_back_address_and_card(self):
        customer = self.customer()
        customer.client.answers["get_address"] = Answer(200, '{"street":"Main Street"}')
        customer.client.answers["get_card"] = Answer(200, '{"number":"0000"}')
        customer.on_start()
        self.assertEqual(
            customer.client.asked,
            [
                "post /register",
                "post /addresses",
                "get /address",
                "post /cards",
                "get /card",
            ],
        )

    def test_stops_for_good_without_a_session(self):
        customer = self.customer(post_register=Answer(500))
        with self.assertRaises(StopUser):
            customer.on_start()
        self.assertEqual(customer.client.asked, ["post /register"] * 10)
        self.assertEqual(locustfile.broken, {"register": 1})

    def test_stops_for_good_when_the_address_was_not_stored(self):
        customer = self.customer(get_address=Answer(200, '{"status_code":500}'))
        with self.assertRaises(StopUser):
            customer.on_start()
        self.assertEqual(locustfile.broken, {"address": 1})

    def test_orders_exactly_one_affordable_item(self):
        shop = self.order(500, STOCK_OUTAGE)
        self.assertEqual(
            shop.asked,
            ["delete /cart", "get /catalogue", "post /cart", "get /cart", "post /orders"],
        )
        self.assertEqual(locustfile.outcomes, {"outage": 1})
        self.assertEqual(shop.last.result, "success")

    def test_sends_what_the_seed_says(self):
        locustfile.SEED = "42"
        locustfile.sent.clear()
        items = [{"id": letter, "price": 10.0} for letter in "hgfedcba"]
        customer = self.customer(get_catalogue=Answer(200, json.dumps(items)))
        customer.schedule = locustfile.Schedule("42", 0)
        for _ in range(5):
            customer.order()
            customer.wait_time()
        self.assertEqual(
            locustfile.sent[0], locustfile.planned("42", 0, sorted(items, key=lambda i: i["id"]))[:5]
        )
        self.assertTrue(locustfile.sequence()["kept"])
        locustfile.SEED = None

    def test_an_open_schedule_does_not_wait_for_the_shop(self):
        locustfile.OPEN = True
        locustfile.time.monotonic, real = lambda: 100.0, locustfile.time.monotonic
        customer = self.customer()
        customer.upcoming = 90.0
        late = customer.wait_time()
        customer.upcoming = 100.0
        due = customer.wait_time()
        locustfile.time.monotonic = real
        locustfile.OPEN = False
        self.assertEqual(late, 0.0)
        self.assertGreaterEqual(due, 2)

    def test_an_open_schedule_orders_by_another_account_while_one_waits(self):
        customer, other = self.customer(), self.customer()
        customer.another = lambda: other
        customer.idle = []
        bought = []
        other.buy = lambda share, number: bought.append((share, number))
        customer.arrive(0.5)
        customer.arrive(0.6)
        self.assertEqual(bought, [(0.5, 0), (0.6, 0)])
        self.assertEqual(customer.idle, [other])

    def test_counts_a_missing_login_as_a_broken_journey(self):
        shop = self.order(500, '{"message":"User not logged in."}')
        self.assertEqual(locustfile.broken, {"login": 1})
        self.assertEqual(shop.last.result, "login")

    def test_does_not_order_a_cart_that_is_not_as_filled(self):
        for cart in ("[]", '{"status":500}', '[{"itemId":"x","quantity":1,"unitPrice":14}]', '[{"itemId":"819e1fbf","quantity":1,"unitPrice":0}]'):
            shop = self.order(201, "{}", cart)
            self.assertNotIn("post /orders", shop.asked)
        self.assertEqual(locustfile.broken, {"cart": 4})

    def test_counts_a_slow_first_order_as_warming_up(self):
        customer = self.customer(post_orders=Answer(500, '{"message":"timeout"}'))
        customer.warm = False
        customer.checkout()
        customer.checkout()
        self.assertEqual(locustfile.outcomes, {"warm-up": 1, "slow": 1})

    def test_counts_a_first_order_without_payment_at_once(self):
        customer = self.customer(post_orders=Answer(500, STOCK_OUTAGE))
        customer.warm = False
        customer.checkout()
        self.assertEqual(locustfile.outcomes, {"outage": 1})

    def test_calls_an_order_late_from_the_delay_of_the_fault_on(self):
        locustfile.LATE_AFTER = 3.0
        for seconds in (2.9, 3.0):
            self.customer(post_orders=Answer(201, "{}", seconds)).checkout()
        locustfile.LATE_AFTER = float("inf")
        self.assertEqual(locustfile.outcomes, {"placed": 1, "late": 1})

    def test_fills_a_cart_that_is_declined_on_purpose(self):
        locustfile.EXPECTED, locustfile.CONTROL = ("declined",), True
        shop = self.order(
            406,
            '{"message":"Payment declined: amount exceeds 105.00"}',
            '[{"itemId":"03fef6ac","quantity":2,"unitPrice":99.99}]',
        )
        self.assertEqual(shop.asked.count("post /cart"), 2)
        self.assertEqual(locustfile.outcomes, {"declined": 1})
        self.assertEqual(locustfile.broken, {})
        self.assertEqual(shop.last.result, "success")

    def test_takes_a_decline_for_a_broken_journey_otherwise(self):
        self.order(406, '{"message":"Payment declined: amount exceeds 105.00"}')
        self.assertEqual(locustfile.broken, {"declined": 1})

    def test_ends_with_one_line_and_the_exit_code_of_the_verdict(self):
        self.order(500, STOCK_OUTAGE)
        environment = type("Environment", (), {"runner": None, "process_exit_code": None})()
        output = StringIO()
        with redirect_stdout(output):
            for listener in events.quitting.listeners:
                listener(environment=environment)
        self.assertEqual(environment.process_exit_code, 0)
        self.assertEqual(
            json.loads(output.getvalue()),
            {
                "verdict": "expected",
                "expected": ["outage"],
                "orders": {"outage": 1},
                "broken": {},
                "exceptions": 0,
            },
        )


if __name__ == "__main__":
    unittest.main()
