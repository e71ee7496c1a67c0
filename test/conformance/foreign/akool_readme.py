"""A client that speaks as the README of Akool's streaming avatar has it, which the vendor's code never did (sections A5 and A10)."""
import base64
import json
import urllib.request

import websocket
from report import check, equal, expect, options

OPTIONS = options()
KEY = OPTIONS["apiKey"]


def services():
    """`success` and `services` in place of `code` and `instances`."""
    request = urllib.request.Request(OPTIONS["discoveryUrl"], headers={"api_key": KEY})
    with urllib.request.urlopen(request, timeout=10) as response:
        body = json.load(response)
    equal([body["success"], list(body["data"])], [True, ["services"]])
    for service in body["data"]["services"]:
        equal([sorted(service), type(service["port"])], [["host", "port", "status"], int])
    return [service for service in body["data"]["services"] if service["status"] == "active"]


def open_node(service):
    return websocket.connect(f"ws://{service['host']}:{service['port']}/streamingAvatar/ws/v1")


def receive(socket, kind):
    message = socket.receive()
    expect(message is not None and message[0] == "text", f"{message!r} instead of {kind}")
    body = json.loads(message[1])
    expect(body["type"] == kind, f"{body!r} instead of {kind}")
    return body["pld"]


def send(socket, message):
    socket.send_text(json.dumps(message))


def refuses(service):
    for first in ({"type": "auth", "token": "wrong", "avatar_id": "a"}, {"type": "ping"}):
        socket = open_node(service)
        send(socket, first)
        equal(socket.receive()[:2], ("close", 4001))


def introduces(socket):
    send(socket, {"type": "auth", "token": KEY, "avatar_id": "a"})
    equal(receive(socket, "system"), {"status": "websocket_connected"})


def places(socket):
    send(socket, {"type": "agora_params", "data": {"channel": "room-r", "userId": 7001, "rtcToken": "tok"}})
    equal(receive(socket, "system"), {"status": "agora_connected", "channel_id": "room-r"})


def is_heard(socket):
    pcm = bytes(range(256)) * 8
    for _ in range(4):
        send(socket, {"type": "audio_data", "data": base64.b64encode(pcm).decode()})
    pings(socket)
    with urllib.request.urlopen(f"{OPTIONS['url']}/_emulator/sessions", timeout=10) as response:
        equal([report["receivedBytes"] for report in json.load(response)], [4 * len(pcm)])


def pings(socket):
    send(socket, {"type": "ping"})
    receive(socket, "pong")


def main():
    service = check("discovery", services)[0]
    check("refuses-keys", refuses, service)
    socket = open_node(service)
    check("auth", introduces, socket)
    check("agora-params", places, socket)
    check("ping", pings, socket)
    check("audio-data", is_heard, socket)
    socket.close()


main()
