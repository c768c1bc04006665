"""Places an order and asks for its status until it is finished. Needs requests."""

import os
import time
import uuid

import requests

API = os.environ["TICKETRAIL_URL"] + "/api/v1"
session = requests.Session()
session.headers["authorization"] = "Bearer " + os.environ["TICKETRAIL_TOKEN"]


def call(method, path, body=None):
    """Repeats a call until it is answered. 4xx means that the request is wrong, and would be so again."""
    wait = 0.5
    while True:
        try:
            response = session.request(method, API + path, json=body, timeout=10)
            if response.ok:
                return response.json()
            if response.status_code < 500 and response.status_code != 429:
                raise SystemExit(response.text)
            seconds = float(response.headers.get("retry-after", 0))
        except requests.RequestException:
            seconds = 0
        time.sleep(max(wait, seconds))
        wait = min(wait * 2, 30)


placed = call(
    "POST",
    "/orders",
    {
        # The shop's own number of the order: a repeat with it gets the same order.
        "externalId": f"python-{uuid.uuid4()}",
        "source": "python",
        "items": [{"name": "Khachapuri", "quantity": 1}],
        "currency": "GEL",
        "totalMinor": 1450,
    },
)
print("placed", placed["id"], flush=True)

last = None
while last not in ("completed", "rejected", "cancelled"):
    status = call("GET", f"/orders/{placed['id']}")["status"]
    if status != last:
        print(status, flush=True)
    last = status
    time.sleep(1)
