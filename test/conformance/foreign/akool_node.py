"""Akool's discovery and one streaming node, made from the description of the protocol alone (sections A1 to A8)."""
import base64
import json
import re
import urllib.parse

import websocket
from report import check, emit, equal, expect, options
from socket_server import serve

KEY = options()["apiKey"]
UNKNOWN = [
    {"v": 2, "type": "system", "mid": "n-1", "pld": {"status": "avatar_yawned"}},
    {"v": 2, "type": "weather", "mid": "n-2", "pld": {"rain": True}},
    {"v": 2, "type": "ack", "mid": "n-3", "pld": {"original_mid": "nobody-asked", "status": "success"}},
]


def discovery(target, fields):
    parts = urllib.parse.urlsplit(target)
    check("asks-discovery", lambda: equal([parts.path, fields.get("api_key"), "authorization" in fields], ["/streamingAvatar/service_status", KEY, False]))
    port = int(fields["host"].rsplit(":", 1)[1])
    taken = {"ip": "127.0.0.1", "port": 9, "avatar_id": "ava", "status": "occupied", "healthy": True, "index": 0}
    free = {**taken, "port": port, "status": "available", "index": 1}
    return "200 OK", json.dumps({"code": 1000, "msg": "OK", "data": {"instances": [taken, {**taken, "status": "available", "healthy": False}, free]}}).encode()


def opens(target, fields):
    parts = urllib.parse.urlsplit(target)
    query = urllib.parse.parse_qs(parts.query)
    equal([parts.path, list(query), query["avatar_id"]], ["/streamingAvatar/ws/v1", ["session_id", "avatar_id"], ["ava"]])
    equal([fields.get("api_key"), fields.get("sec-websocket-protocol")], [KEY, None])


def envelope(message):
    """Exactly the four members, and a mid that was not used before."""
    equal(sorted(message), ["mid", "pld", "type", "v"])
    equal(message["v"], 2)
    expect(message["mid"] not in USED, f"{message['mid']} was used twice")
    USED.add(message["mid"])


USED = set()


def set_params(message):
    equal(sorted(message["pld"]), ["cmd", "data", "metadata"])
    equal(message["pld"]["data"], {"vid": "voice-1", "lang": "de", "mode": 3, "bgurl": "https://example.com/b.png"})
    agora = message["pld"]["metadata"]["agora_data"]
    equal(sorted(agora), ["appid", "channel_id", "token", "uid"])
    expect(message["mid"].startswith("cmd-set-params-") and 1 <= int(agora["uid"]) < 2**32 and agora["token"], "odd Agora data")
    return agora["channel_id"]


def audio(message):
    equal(list(message["pld"]), ["audio"])
    pcm = base64.b64decode(message["pld"]["audio"], validate=True)
    expect(0 < len(pcm) <= 2048 and len(pcm) % 2 == 0 and re.match("audio-", message["mid"]), f"{len(pcm)} bytes of audio")
    return pcm


def converse(socket, target, fields):
    check("opens-node", opens, target, fields)
    count = 0

    def say(kind, pld, **style):
        nonlocal count
        count += 1
        # As Python's json has it: blanks after commas, and escapes for what is not ASCII.
        socket.send_text(json.dumps({"v": 2, "type": kind, "mid": f"srv-{count}", "pld": pld}, **style))

    def ack(message, status="success"):
        say("ack", {"original_mid": message["mid"], "status": status})

    say("system", {"status": "websocket_connected"})
    pcm = b""
    while True:
        received = socket.receive(60)
        if received is None or received[0] != "text":
            return emit({"ended": None if received is None else received[:2], "pcm": base64.b64encode(pcm).decode()})
        message = json.loads(received[1])
        check("envelopes", envelope, message)
        kind, pld = message["type"], message["pld"]
        if kind == "ping":
            check("pings", lambda: equal([pld, message["mid"][:5]], [{}, "ping-"]))
            say("pong", {})
        elif kind == "chat":
            pcm += check("sends-audio", audio, message) or b""
        elif pld.get("cmd") == "set-params":
            channel = check("sets-params", set_params, message)
            ack(message)
            for odd in UNKNOWN:
                socket.send_text(json.dumps(odd))
            socket.send_text("no JSON at all")
            say("system", {"status": "agora_connected", "channel_id": channel}, indent=2)
        elif pld.get("cmd") == "interrupt":
            check("interrupts", lambda: equal([pld, message["mid"][:14]], [{"cmd": "interrupt"}, "cmd-interrupt-"]))
            say("error", {"error_code": 5123, "error_message": "Grüße, 你好"})
            ack(message)
        elif kind == "event":
            check("leaves", lambda: equal([pld, message["mid"][:12]], [{"event": "leave_channel", "reason": "client_disconnect"}, "event-leave-"]))
            ack(message)
        else:
            check("envelopes", lambda: expect(False, f"an unknown message: {message!r}"))


serve(discovery, converse)
