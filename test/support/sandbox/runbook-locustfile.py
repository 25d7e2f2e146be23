"""The journey of the runbook's own locust file, written by us again, as a negative control.

It logs in by a route that does not exist, puts socks into the cart that do not exist, and sends an
order nobody reads. So every order ends at "User not logged in." with status 500, which it takes for
the outage: it passes whether payment is up or down.
"""

import random

from locust import HttpUser, constant, task


class CheckoutUser(HttpUser):
    wait_time = constant(0.2)

    def on_start(self):
        self.client.post("/login", json={"username": "user", "password": "password"}, name="login")

    @task
    def place_order(self):
        self.client.post("/cart", json={"id": f"item-{random.randint(1, 100)}"}, name="cart")
        order = {"card": {"longNum": "0000000000000000", "expires": "12/39", "ccv": "000"}}
        with self.client.post(
            "/orders", json=order, catch_response=True, name="Place Order (Payment Failing)"
        ) as response:
            if response.status_code == 500 or "payment" in response.text.lower():
                response.success()
            else:
                response.failure(f"no outage: {response.status_code}")
