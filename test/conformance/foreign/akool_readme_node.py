"""A node that understands nothing but the forms of the vendor's README, with the discovery that it shows (sections A1, A5 and A10)."""
import base64
import json

from report import check, emit, equal, expect, options
from socket_server import serve

KEY = options()["apiKey"]


def discovery(target, fields):
    port = int(fields["host"].rsplit(":", 1)[1])
    services = [{"host": "127.0.0.1", "port": 9, "status": "inactive"}, {"host": "127.0.0.1", "port": port, "status": "active"}]
    return "200 OK", json.dumps({"success": True, "data": {"services": services}}).encode()


def converse(socket, target, fields):
    def say(kind, pld):
        socket.send_text(json.dumps({"v": 2, "type": kind, "mid": "x", "pld": pld}))

    pcm, is_first, places = b"", True, 0
    while True:
        received = socket.receive(60)
        if received is None or received[0] != "text":
            return emit({"pcm": base64.b64encode(pcm).decode()})
        message = json.loads(received[1])
        kind = message["type"]
        if is_first:
            check("introduces-itself", lambda: equal(message, {"type": "auth", "token": KEY, "avatar_id": "ava"}))
            say("system", {"status": "websocket_connected"})
        elif kind == "ping":
            check("pings", lambda: equal(message, {"type": "ping"}))
            say("pong", {})
        elif kind == "agora_params":
            places += 1
            data = message["data"]
            shape = {name: type(value) for name, value in data.items()}
            check("places", lambda: equal([sorted(message), shape, places], [["data", "type"], {"channel": str, "userId": int, "rtcToken": str}, 1]))
            say("system", {"status": "agora_connected", "channel_id": data["channel"]})
        elif kind == "audio_data":
            check("sends-audio", lambda: expect(sorted(message) == ["data", "type"] and message["data"], f"{message!r}"))
            pcm += base64.b64decode(message["data"], validate=True)
        elif kind == "event":
            # The README has no form for it; like any node that does not know a message, this one says nothing.
            check("leaves", lambda: equal(message["pld"], {"event": "leave_channel", "reason": "client_disconnect"}))
        is_first = False


serve(discovery, converse)
