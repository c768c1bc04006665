"""A display written with python-socketio: follows from the start of the log, taps the first order, and prints all answers."""

import datetime
import json
import sys
import uuid

import socketio

url, token = sys.argv[1:3]
client = socketio.Client(reconnection=False)


def say(name, payload):
    # With its end in one write: handlers run in several threads.
    print(json.dumps([name, payload]) + "\n", end="", flush=True)


@client.on("changes", namespace="/store")
def changes(batch):
    say("changes", batch)
    client.emit("got", {"cursor": batch["to"]}, namespace="/store")
    order = batch["changes"][0]["order"]
    if order["status"] == "pending":
        client.start_background_task(tap, order)


def tap(order):
    command = {
        "after": None,
        "commandId": str(uuid.uuid4()),
        "orderId": order["id"],
        "type": "set_status",
        "payload": {"from": "pending", "to": "preparing"},
        "baseVersion": order["version"],
        "issuedAt": datetime.datetime.now(datetime.timezone.utc).isoformat(),
    }
    say("commands", client.call("commands", {"commands": [command]}, namespace="/store"))


@client.event(namespace="/store")
def connect_error(data):
    say("refused", data)


client.connect(
    url,
    namespaces=["/store"],
    transports=["websocket"],
    auth={"token": token, "protocol": 1, "appVersion": "python"},
)
first = client.call("hello", {"epoch": None, "cursor": 0, "hash": None}, namespace="/store")
say("hello", first)
say("hello", client.call("hello", {"epoch": first["epoch"], "cursor": 0, "hash": None}, namespace="/store"))
client.wait()
