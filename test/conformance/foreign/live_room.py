"""Data messages in the room of a hosted avatar, version 2 (section B5). The room itself is the emulator's: JSON over one WebSocket."""
import base64
import json
import time

import websocket
from report import check, equal, expect, options

MAX_BYTES = 1024


class Room:
    """Sends data messages, and keeps those that came until somebody asks for them."""

    def __init__(self, credentials):
        self._socket = websocket.connect(options()["channelUrl"])
        self._requests = 0
        self._waiting = []
        self.speaking = False
        join = {"appId": credentials["agora_app_id"], "channel": credentials["agora_channel"], "token": credentials["agora_token"], "uid": credentials["agora_uid"]}
        request = self._request({"type": "join", **join})
        answer = self._until(lambda message: message.get("request") == request)
        equal(answer["type"], "done")
        expect(any(user["uid"] != join["uid"] for user in answer["users"]), "the avatar is not in the room")

    def _request(self, message):
        self._requests += 1
        self._socket.send_text(json.dumps({**message, "request": self._requests}))
        return self._requests

    def _until(self, fits):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            received = self._socket.receive(deadline - time.monotonic())
            expect(received is not None, "nothing came")
            expect(received[0] == "text", f"the room ended: {received!r}")
            message = json.loads(received[1])
            if message["type"] == "message":
                self._take(read_payload(message["payload"]))
            if fits(message):
                return message
        raise AssertionError("it never came")

    def _take(self, message):
        if message["type"] != "event":
            return self._waiting.append(message)
        expect(message["pld"]["event"] == ("audio_end" if self.speaking else "audio_start"), "audio_start and audio_end do not alternate")
        self.speaking = not self.speaking

    def until_speaking(self, speaking):
        while self.speaking != speaking:
            self._until(lambda message: message["type"] == "message")

    def send(self, message):
        payload = json.dumps(message, ensure_ascii=False).encode() if isinstance(message, dict) else message
        self._request({"type": "message", "payload": base64.b64encode(payload).decode()})

    def next(self, fits):
        """Takes the first data message that fits, and forgets those before it."""
        while True:
            while self._waiting:
                message = self._waiting.pop(0)
                if fits(message):
                    return message
            self._until(lambda message: message["type"] == "message")

    def close(self):
        self._socket.close()


def read_payload(payload):
    data = base64.b64decode(payload, validate=True)
    expect(len(data) <= MAX_BYTES, f"a data message of {len(data)} bytes")
    message = json.loads(data.decode("utf-8"))
    equal(message["v"], 2)
    return message


def say(room, mid, text, order=None):
    """In parts of 7 code points: `idx` counts, `fin` is on the last only."""
    parts = [text[at : at + 7] for at in range(0, len(text), 7)]
    messages = [{"v": 2, "type": "chat", "mid": mid, "idx": idx, "fin": idx == len(parts) - 1, "pld": {"text": part}} for idx, part in enumerate(parts)]
    for message in reversed(messages) if order == "backwards" else messages:
        room.send(message)


def hear(room):
    """The parts of one text of the avatar, put together."""
    parts, mid = {}, None
    while True:
        message = room.next(lambda message: message["type"] == "chat" and message["pld"]["from"] == "bot" and mid in (None, message["mid"]))
        mid = message["mid"]
        expect(isinstance(message["idx"], int) and isinstance(message["fin"], bool), "a part without idx or fin")
        parts[message["idx"]] = message["pld"]["text"]
        if message["fin"]:
            equal(sorted(parts), list(range(message["idx"] + 1)))
            return "".join(parts[idx] for idx in sorted(parts))


def command(room, mid, pld):
    """Sends a command; the `pld` of its ack."""
    room.send({"v": 2, "type": "command", "mid": mid, "pld": pld})
    ack = room.next(lambda message: message["type"] == "command" and message["mid"] == mid)["pld"]
    equal(ack["cmd"], pld["cmd"])
    expect(isinstance(ack["msg"], str), "an ack without msg")
    return ack["code"]


def repeats(room):
    for mid, text, order in (("chat-1", "Grüße 👩‍👩‍👧‍👦 \"quoted\"\n你好", None), ("chat-2", "Last part first, please.", "backwards")):
        say(room, mid, text, order)
        equal(hear(room), text)


def speaks(room):
    room.until_speaking(False)
    say(room, "chat-3", "Hello there.")
    room.until_speaking(True)
    room.until_speaking(False)


def answers(room):
    data = {"mode": 2, "lang": "en", "vparams": {"vid": "emulator-voice-1", "speed": 1.1}}
    equal(command(room, "set-1", {"cmd": "set-params", "data": data}), 1000)
    say(room, "chat-4", "Who are you?")
    expect(hear(room) != "Who are you?", "in dialogue it only repeats")
    equal(command(room, "set-2", {"cmd": "set-params", "data": {"mode": 1}}), 1000)


def is_interrupted(room):
    room.until_speaking(False)
    say(room, "chat-5", "A very long sentence that goes on and on and on. " * 20)
    room.until_speaking(True)
    started = time.monotonic()
    equal(command(room, "stop-1", {"cmd": "interrupt"}), 1000)
    room.until_speaking(False)
    # The text alone would have taken half a minute to speak.
    expect(time.monotonic() - started < 8, "it went on to speak")


def acts(room):
    for action in ("hand_wave", "cheer", "thumbs_up", "pump_fists", "nod", "shake", "waft_left", "waft_right"):
        equal(command(room, f"act-{action}", {"cmd": "set-action", "data": {"action": action, "expression": "happiness"}}), 1000)
    expect(command(room, "act-fly", {"cmd": "set-action", "data": {"action": "fly"}}) != 1000, "it flies")


def without_mid(room):
    """As one sample of the documentation."""
    room.send({"v": 2, "type": "command", "pld": {"cmd": "set-action", "data": {"action": "nod"}}})
    ack = room.next(lambda message: message["type"] == "command")["pld"]
    equal([ack["cmd"], ack["code"]], ["set-action", 1000])


def ignores(room):
    expect(command(room, "odd-1", {"cmd": "dance"}) != 1000, "an unknown command was carried out")
    for message in (b"not json", b"\xff\xfe", {"v": 1, "type": "chat", "mid": "x", "idx": 0, "fin": True, "pld": {"text": "old"}}, {"v": 2, "type": "odd", "mid": "x", "pld": {}}):
        room.send(message)
    say(room, "chat-6", "Still there.")
    equal(hear(room), "Still there.")


def converse(credentials):
    room = Room(credentials)
    check("repeats", repeats, room)
    check("speaks", speaks, room)
    check("answers", answers, room)
    check("interrupt", is_interrupted, room)
    check("acts", acts, room)
    check("without-mid", without_mid, room)
    check("ignores", ignores, room)
    room.close()
