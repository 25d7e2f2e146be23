"""Customers who register once, then fill a cart and order, again and again.

Every attempt to order is classified, because status 500 alone says nothing: a session without
login and a payment service that is down look alike to a counter of failures.

Exit code: 0 when the expected outcome was seen and nothing of the journey itself was broken, 3 when
the expected outcome never came (the fault did not land), 4 when the journey is broken.
"""

import json
import os
import random
import re
import time
import uuid
from collections import Counter

from locust import HttpUser, between, events, task
from locust.exception import StopUser

EXPECTED = os.environ.get("EXPECTED_OUTCOME", "outage")
SHIPPING = 4.99
# The lowest limit of any payment release; dearer carts are declined, which is no outage.
DECLINE_ABOVE = 100.0
REGISTER_ATTEMPTS = 10

FAULT_NOT_SEEN = 3
JOURNEY_BROKEN = 4

# Answers of both generations of orders to a payment that cannot be reached.
OUTAGE = re.compile(r"unspecified IO error|Payment service unavailable for order [0-9a-f]{24}")

outcomes = Counter()
broken = Counter()


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
        item for item in items if 0 < item["price"] and item["price"] + SHIPPING <= DECLINE_ABOVE
    ]


def verdict(seen, faults, expected, exceptions):
    """Exit code of the run and the words for it."""
    if exceptions > 0 or sum(faults.values()) > 0:
        return JOURNEY_BROKEN, "broken journey"
    if seen[expected] == 0:
        return FAULT_NOT_SEEN, "fault not seen"
    return 0, "expected"


class Customer(HttpUser):
    """One customer with an account, an address and a card of their own."""

    wait_time = between(2, 4)

    def on_start(self):
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
        self.client.delete("/cart", name="DELETE /cart")
        items = affordable(self.json_of(self.client.get("/catalogue", name="GET /catalogue")) or [])
        if not items:
            broken["catalogue"] += 1
            return
        item = random.choice(items)
        self.client.post("/cart", json={"id": item["id"]}, name="POST /cart")
        cart = self.json_of(self.client.get("/cart", name="GET /cart")) or []
        if len(cart) != 1 or cart[0].get("itemId") != item["id"] or not cart[0].get("unitPrice"):
            broken["cart"] += 1
            return
        self.checkout()

    def checkout(self):
        """Orders what is in the cart and counts what became of it."""
        with self.client.post("/orders", name="POST /orders", catch_response=True) as answer:
            outcome = classify(answer.status_code, answer.text)
            if outcome == "slow" and not self.warm and outcome != EXPECTED:
                outcome = "warm-up"
            self.warm = True
            outcomes[outcome] += 1
            if outcome in ("declined", "login", "unknown"):
                broken[outcome] += 1
            if outcome in ("placed", "warm-up", EXPECTED):
                answer.success()
            else:
                answer.failure(outcome)

    def json_of(self, answer):
        """The answer's JSON, or nothing where it has none."""
        try:
            return answer.json()
        except ValueError:
            return None

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
        "expected": EXPECTED,
        "orders": dict(outcomes),
        "broken": dict(broken),
        "exceptions": exceptions,
    }
    print(json.dumps(line), flush=True)
