"""Messages of Akool's hosted avatar and of its older chat room as JSON bytes (sections B4 and B5): reads ours from standard input, writes its own."""
import base64
import json
import sys

from report import check, emit, equal, expect

TEXT = "Grüße 👩‍👩‍👧‍👦 \"quoted\" \\ \n\t\u0000 你好 <script>\u2028"


def styles(message):
    """The same message as different writers have it."""
    yield json.dumps(message)
    yield json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    yield json.dumps(dict(reversed(list(message.items()))), indent=4)
    yield "\n " + json.dumps({**message, "trace_id": "t", "ts": 1.5e3}, ensure_ascii=False) + " "


def write(name, message, expected):
    for text in styles(message):
        emit({"message": name, "bytes": base64.b64encode(text.encode("utf-8")).decode(), "expected": expected})


def live(kind, mid, pld, **more):
    return {"v": 2, "type": kind, "mid": mid, **more, "pld": pld}


def write_live():
    for sender in ("bot", "user"):
        expected = {"type": "chat", "mid": "m-1", "idx": 3, "fin": True, "from": sender, "text": TEXT}
        write(f"live/chat-{sender}", live("chat", "m-1", {"from": sender, "text": TEXT}, idx=3, fin=True), expected)
        write(f"live/chat-{sender}", live("chat", "m-2", {"from": sender, "text": ""}), {**expected, "mid": "m-2", "idx": None, "fin": False, "text": ""})
    for name, kind in (("live/ack", "command"), ("live/ack-cmd", "cmd")):
        for code, msg in ((1000, "OK"), (1003, "Größe")):
            write(name, live(kind, "c-1", {"cmd": "set-params", "code": code, "msg": msg}), {"type": "ack", "mid": "c-1", "cmd": "set-params", "code": code, "text": msg})
    for event in ("audio_start", "audio_end"):
        write(f"live/{event.replace('_', '-')}", live("event", "e-1", {"event": event}), {"type": "event", "event": event})
    for unknown in (
        live("weather", "w-1", {"rain": True}),
        live("event", "w-2", {"event": "avatar_yawned"}),
        live("chat", "w-3", {"from": "moderator", "text": "x"}),
        {**live("chat", "w-4", {"from": "bot", "text": "x"}), "v": 3},
    ):
        write("live/unknown", unknown, None)


def write_chat_room():
    payload = {"message_id": "msg-1", "voice_id": "v", "language": "en", "mode_type": 2, "question": "Wie groß?", "answer": TEXT}
    for inner in styles(payload):
        message = {"type": "chat", "from": "server_8898", "to": "client_8898", "payload": inner}
        write("chat-room/answer", message, {"messageId": "msg-1", "question": "Wie groß?", "answer": TEXT, "from": "server_8898"})


def read_chat(parts, text):
    """Parts of at most 950 bytes that share a mid; `fin` is on the last alone."""
    expect(len(parts) > 2, "the text was not cut")
    for part in parts:
        expect(len(part) <= 950, f"a part of {len(part)} bytes")
    messages = [json.loads(part.decode("utf-8")) for part in parts]
    for idx, message in enumerate(messages):
        equal(sorted(message), ["fin", "idx", "mid", "pld", "type", "v"])
        equal([message["v"], message["type"], message["mid"], message["idx"]], [2, "chat", messages[0]["mid"], idx])
        equal([message["fin"], list(message["pld"])], [idx == len(messages) - 1, ["text"]])
    expect("".join(message["pld"]["text"] for message in messages) == text, "the parts do not make the text")


def read_command(part, pld):
    message = json.loads(part.decode("utf-8"))
    equal(sorted(message), ["mid", "pld", "type", "v"])
    equal([message["v"], message["type"]], [2, "command"])
    equal(message["pld"], pld)


def read_question(text):
    """The payload is JSON inside a JSON string."""
    message = json.loads(text)
    equal([sorted(message), message["type"], message["to"]], [["payload", "to", "type"], "chat", "server_8898"])
    expect(isinstance(message["payload"], str), "the payload is no string")
    payload = json.loads(message["payload"])
    equal(sorted(payload), ["language", "message_id", "mode_type", "prompt", "question", "voice_id", "voice_url"])
    equal([payload["message_id"], payload["mode_type"], payload["question"]], ["msg-7", 2, "Wie \"groß\"? 👋"])
    equal(payload["prompt"], {"from": "url", "content": "https://example.com/a.pdf"})


def main():
    write_live()
    write_chat_room()
    given = json.load(sys.stdin)
    decode = base64.b64decode
    check("reads-chat-parts", read_chat, [decode(part) for part in given["chat"]], given["text"])
    data = {"lang": "de", "mode": 2, "vparams": {"vid": "v1", "speed": 1.2, "pron_map": {"Akool": "ah-cool"}, "turn_detection": {"type": "server_vad", "threshold": 0.5}}}
    check("reads-set-params", read_command, decode(given["setParams"]), {"cmd": "set-params", "data": data})
    check("reads-interrupt", read_command, decode(given["interrupt"]), {"cmd": "interrupt"})
    check("reads-set-action", read_command, decode(given["setAction"]), {"cmd": "set-action", "data": {"action": "nod", "expression": "happiness"}})
    check("reads-question", read_question, given["question"])


main()
