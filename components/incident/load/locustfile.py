"""Customers who register once, then fill a cart and order, again and again.

Every attempt to order is classified, because status 500 alone says nothing: a session without
login and a payment service that is down look alike to a counter of failures.

EXPECTED_OUTCOMES lists what must be seen, such as "outage" or "slow,placed". "unavailable" is an
outage or slow: without pods, payment refuses at once, or the network drops the refusal and orders
waits. "placed" or "declined" alone is a control run: nothing else may be seen, and for "declined" the
carts are filled above what payment authorises.

With SEED, what each customer orders and how long they pause is drawn from the seed and the customer's
number alone: the same seed sends the same orders, and the report's `sequence` is the hash of them.
With ARRIVALS=open, orders come at the times of that schedule, however long the shop takes for those
before: a customer who still waits is joined by another one of the same schedule.

Exit code: 0 when every expected outcome was seen and nothing of the journey itself was broken, 3
when one never came (the fault did not land), 4 when the journey is broken, 5 when a control run saw
anything else.
"""

import hashlib
import json
import os
import random
import re
import time
import uuid
from collections import Counter

from locust import HttpUser, events, task
from locust.exception import StopUser

EXPECTED = tuple(os.environ.get("EXPECTED_OUTCOMES", "outage").split(","))
CONTROL = EXPECTED in (("placed",), ("declined",))
# The outcomes that one expectation accepts, where it is not an outcome itself.
ACCEPTED = {"unavailable": ("outage", "slow")}
# An order that is placed only after this many seconds is late.
LATE_AFTER = float(os.environ.get("LATE_AFTER_SECONDS", "inf"))
SEED = os.environ.get("SEED")
OPEN = os.environ.get("ARRIVALS", "closed") == "open"
# Seconds between two orders of one customer.
PAUSE = (2, 4)
# Orders of each customer that the hash of a sequence covers.
HASHED = 100
SHIPPING = 4.99
# The lowest and the highest limit of any payment release. Dearer carts than the lowest may be
# declined, which is no outage; those above the highest are declined by all.
AUTHORISED_TO = 100.0
DECLINED_ABOVE = 105.0
REGISTER_ATTEMPTS = 10

NOT_SEEN = 3
JOURNEY_BROKEN = 4
UNEXPECTED = 5

# Answers of both generations of orders to a payment that cannot be reached or answers 5xx.
OUTAGE = re.compile(r"unspecified IO error|Payment service unavailable for order [0-9a-f]{24}")

outcomes = Counter()
broken = Counter()
# What each customer put into their cart, in order, by the customer's number.
sent = {}
# Items that an order was chosen from, in the order of their ids.
offered = []
# Customers whose sequence was printed.
announced = set()


def classify(status, body):
    """Name of what became of one POST /orders: placed, declined, outage, slow, login or unknown."""
    message = message_of(body)
    if status == 201:
        return "placed"
    if status == 406:
        return "declined"
    if status == 500 and OUTAGE.search(message):
        return "outage"
    if status == 500 and "timeout" in message:
        return "slow"
    if status == 500 and "not logged in" in message:
        return "login"
    return "unknown"


def message_of(body):
    """The message of a JSON answer, or the whole text where there is none."""
    text = body or ""
    try:
        message = json.loads(text).get("message")
    except (ValueError, AttributeError):
        return text
    return message if isinstance(message, str) else text


def affordable(items):
    """Items that payment authorises one at a time."""
    return [
        item for item in items if 0 < item["price"] and item["price"] + SHIPPING <= AUTHORISED_TO
    ]


def unaffordable(items):
    """The dearest item, and how many of it every payment declines; nothing without items."""
    priced = [item for item in items if item["price"] > 0]
    if not priced:
        return None
    dearest = max(priced, key=lambda item: item["price"])
    return dearest, int((DECLINED_ABOVE - SHIPPING) // dearest["price"]) + 1


class Schedule:
    """What one customer orders and when, drawn from the seed and the customer's number alone."""

    def __init__(self, seed, number):
        self.random = random.Random() if seed is None else random.Random(f"{seed}/{number}")

    def next(self):
        """Seconds of the pause before an order, and which share of the items to skip."""
        return self.random.uniform(*PAUSE), self.random.random()


def pick(items, share):
    """The item at a share, 0 to 1, of the list."""
    return items[int(share * len(items))]


def planned(seed, number, items):
    """Ids of the first items that a customer orders."""
    schedule = Schedule(seed, number)
    return [pick(items, schedule.next()[1])["id"] for _ in range(HASHED)]


def sequence():
    """Hash of the planned orders of all customers that came, and whether each kept to it."""
    plans = {number: planned(SEED, number, offered) if offered else [] for number in sorted(sent)}
    text = json.dumps(list(plans.values()))
    kept = all(sent[number][:HASHED] == plan[: len(sent[number])] for number, plan in plans.items())
    return {
        "seed": SEED,
        "customers": len(sent),
        "sequence": hashlib.sha256(text.encode()).hexdigest(),
        "kept": kept,
    }


def announce():
    """Prints the sequence while the load runs, once all customers that came have ordered."""
    if SEED is None or len(sent) == len(announced) or not all(sent.values()):
        return
    announced.update(sent)
    print(json.dumps(sequence()), flush=True)


def accepted(expected):
    """All outcomes that a list of expectations accepts."""
    return [outcome for one in expected for outcome in ACCEPTED.get(one, (one,))]


def verdict(seen, faults, expected, exceptions):
    """Exit code of the run and the words for it."""
    if exceptions > 0 or sum(faults.values()) > 0:
        return JOURNEY_BROKEN, "broken journey"
    missing = [one for one in expected if not any(seen[outcome] for outcome in accepted([one]))]
    if missing:
        return NOT_SEEN, f"not seen: {', '.join(missing)}"
    others = sorted(outcome for outcome in seen if outcome not in (*expected, "warm-up"))
    if CONTROL and others:
        return UNEXPECTED, f"not expected: {', '.join(others)}"
    return 0, "expected"


class Customer(HttpUser):
    """One customer with an account, an address and a card of their own."""

    number = 0
    schedule = Schedule(None, 0)
    share = None
    upcoming = 0.0

    def on_start(self):
        self.number = len(sent)
        sent[self.number] = []
        self.schedule = Schedule(SEED, self.number)
        self.upcoming = time.monotonic()
        self.idle = [self]
        self.running = []
        self.open_account()

    def on_stop(self):
        for one in self.running:
            one.join(timeout=10)

    def wait_time(self):
        """Until the next order: a pause, or in an open schedule what is left of it."""
        pause, self.share = self.schedule.next()
        if not OPEN:
            return pause
        self.upcoming += pause
        return max(0.0, self.upcoming - time.monotonic())

    def open_account(self):
        self.warm = False
        if not self.register():
            self.fail_for_good("register")
        address = {
            "number": "1",
            "street": "Main Street",
            "city": "Springfield",
            "postcode": "12345",
            "country": "USA",
        }
        # No number that could be anybody's: the shop writes it to its logs.
        card = {"longNum": "0000000000000000", "expires": "12/39", "ccv": "000"}
        for one, many, fields in (
            ("address", "addresses", address),
            ("card", "cards", card),
        ):
            self.client.post(f"/{many}", json=fields, name=f"POST /{many}")
            # The POST answers 200 whatever happened: only reading it back proves something.
            stored = self.json_of(self.client.get(f"/{one}", name=f"GET /{one}"))
            if not stored or "status_code" in stored:
                self.fail_for_good(one)

    def register(self):
        """Creates the account; the shop may still be starting, so it tries for a while."""
        for attempt in range(REGISTER_ATTEMPTS):
            name = f"customer-{uuid.uuid4().hex[:12]}"
            fields = {
                "username": name,
                "password": uuid.uuid4().hex,
                "email": f"{name}@example.com",
                "firstName": "Test",
                "lastName": "Customer",
            }
            with self.client.post(
                "/register", json=fields, name="POST /register", catch_response=True
            ) as answer:
                if answer.status_code == 200 and "logged_in" in self.client.cookies:
                    answer.success()
                    return True
                answer.failure(f"no session, status {answer.status_code}")
            time.sleep(min(attempt + 1, 5))
        return False

    @task
    def order(self):
        share = self.share
        if share is None:
            _, share = self.schedule.next()
        if not OPEN:
            self.buy(share, self.number)
            return
        import gevent

        self.running = [one for one in self.running if not one.dead]
        self.running.append(gevent.spawn(self.arrive, share))

    def arrive(self, share):
        """Orders by an account that waits for nothing, or by another one."""
        try:
            shopper = self.idle.pop() if self.idle else self.another()
            shopper.buy(share, self.number)
            self.idle.append(shopper)
        except StopUser:
            pass  # counted where it was raised
        except Exception:
            broken["exception"] += 1
            raise

    def another(self):
        """A further account of this customer, with a session of its own."""
        shopper = type(self)(self.environment)
        shopper.open_account()
        return shopper

    def buy(self, share, number):
        self.client.delete("/cart", name="DELETE /cart")
        wanted = self.choose(share)
        if wanted is None:
            broken["catalogue"] += 1
            return
        item, count = wanted
        sent.setdefault(number, []).append(item["id"])
        announce()
        for _ in range(count):
            self.client.post("/cart", json={"id": item["id"]}, name="POST /cart")
        cart = self.list_of(self.client.get("/cart", name="GET /cart"))
        filled = [(line.get("itemId"), line.get("quantity")) for line in cart]
        if filled != [(item["id"], count)] or not cart[0].get("unitPrice"):
            broken["cart"] += 1
            return
        self.checkout()

    def choose(self, share):
        """An item and how many of it to order."""
        items = self.list_of(self.client.get("/catalogue", name="GET /catalogue"))
        if EXPECTED == ("declined",):
            wanted = unaffordable(items)
            offered[:] = [wanted[0]] if wanted else offered
            return wanted
        cheap = sorted(affordable(items), key=lambda item: item["id"])
        offered[:] = cheap or offered
        return (pick(cheap, share), 1) if cheap else None

    def checkout(self):
        """Orders what is in the cart and counts what became of it."""
        with self.client.post("/orders", name="POST /orders", catch_response=True) as answer:
            outcome = self.outcome_of(answer)
            outcomes[outcome] += 1
            if outcome in ("login", "unknown") or (outcome == "declined" and not CONTROL):
                broken[outcome] += 1
            if outcome in ("placed", "warm-up", *accepted(EXPECTED)):
                answer.success()
            else:
                answer.failure(outcome)

    def outcome_of(self, answer):
        """What became of the order. A cold shop is slow, too: that proves no fault."""
        outcome = classify(answer.status_code, answer.text)
        if outcome == "placed" and answer.elapsed.total_seconds() >= LATE_AFTER:
            outcome = "late"
        first, self.warm = not self.warm, True
        return "warm-up" if first and outcome in ("slow", "late") else outcome

    def json_of(self, answer):
        """The answer's JSON, or nothing where it has none."""
        try:
            return answer.json()
        except ValueError:
            return None

    def list_of(self, answer):
        """The answer's list; an error's body is another thing and counts as an empty one."""
        found = self.json_of(answer)
        return found if isinstance(found, list) else []

    def fail_for_good(self, step):
        broken[step] += 1
        raise StopUser()


@events.quitting.add_listener
def report(environment, **_):
    """Prints one line for people and machines, and decides the exit code."""
    exceptions = len(environment.runner.exceptions) if environment.runner else 0
    code, words = verdict(outcomes, broken, EXPECTED, exceptions)
    environment.process_exit_code = code
    line = {
        "verdict": words,
        "expected": list(EXPECTED),
        "orders": dict(outcomes),
        "broken": dict(broken),
        "exceptions": exceptions,
        **({} if SEED is None else sequence()),
    }
    print(json.dumps(line), flush=True)
