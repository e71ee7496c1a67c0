"""The avatar's side of a version 3 chat room, made from its description alone (section B4). It stands where the relay's socket is."""
import json

from report import check, emit, equal, expect
from socket_server import serve

ME, BROWSER = "server_8898", "client_8898"
KEYS = ["language", "message_id", "mode_type", "prompt", "question", "voice_id", "voice_url"]


def read_question(text, seen):
    message = json.loads(text)
    equal([sorted(message), message["type"], message["to"], type(message["payload"])], [["payload", "to", "type"], "chat", ME, str])
    question = json.loads(message["payload"])
    equal(sorted(question), KEYS)
    equal([question["voice_id"], question["language"], question["prompt"]], ["voice-1", "de", {"from": "text", "content": ""}])
    expect(question["message_id"] not in seen, "a message_id was used twice")
    seen.add(question["message_id"])
    return question


def converse(socket, target, fields):
    def say(question, answer, **more):
        payload = {name: question[name] for name in ("message_id", "voice_id", "language", "mode_type", "question")}
        message = {"type": "chat", "from": ME, "to": BROWSER, "payload": json.dumps({**payload, "answer": answer}), **more}
        socket.send_text(json.dumps(message, indent=1))

    seen, modes = set(), []
    while True:
        received = socket.receive(60)
        if received is None or received[0] != "text":
            return emit({"modes": modes})
        question = check("asks", read_question, received[1], seen)
        if question is None:
            continue
        modes.append([question["mode_type"], question["question"]])
        socket.send_text("no JSON at all")
        socket.send_text(json.dumps({"type": "typing", "from": ME, "to": BROWSER}))
        say(question, "from a stranger", **{"from": "server_1"})
        for part in ("Grüße, ", "you said: ", question["question"]):
            say(question, part)


serve(lambda target, fields: ("404 Not Found", b"{}"), converse, lambda offered: offered[0] if offered else None)
