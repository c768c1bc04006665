"""Follows a store's orders on the socket of displays, as a screen does. Needs python-socketio[client] and requests."""

import os

import requests
import socketio

client = socketio.Client()
position = {"epoch": None, "cursor": 0, "hash": None}


@client.on("connect", namespace="/store")
def hello():
    # In a thread, so that it may wait for the answer.
    client.start_background_task(say_hello)


def say_hello():
    answer = client.call("hello", position, namespace="/store")
    if answer["mode"] == "snapshot":
        # A real screen shows these orders; this one only goes on after them.
        print("starting over:", answer["reason"], flush=True)
        snapshot = requests.get(
            os.environ["TICKETRAIL_URL"] + "/api/v1/snapshot",
            headers={"authorization": "Bearer " + os.environ["TICKETRAIL_TOKEN"]},
            timeout=30,
        ).json()
        position.update(epoch=snapshot["epoch"], cursor=snapshot["seq"], hash=snapshot["hash"])
        say_hello()


@client.on("changes", namespace="/store")
def changes(batch):
    if batch["from"] != position["cursor"]:
        return
    for change in batch["changes"]:
        order = change.get("order")
        print(change["type"], order["number"] if order else change["orderId"], flush=True)
    position.update(cursor=batch["to"], hash=batch["hash"])
    client.emit("got", {"cursor": batch["to"]}, namespace="/store")


client.connect(
    os.environ["TICKETRAIL_URL"],
    transports=["websocket"],
    namespaces=["/store"],
    auth={"token": os.environ["TICKETRAIL_TOKEN"], "protocol": 1, "appVersion": "example"},
)
client.wait()
