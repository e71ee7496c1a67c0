"""A client of Akool's version 3 chat room, made from its description alone (section B4)."""
import json
import time
from urllib.parse import urlsplit

import websocket
from akool_rest import code_of, data_of
from report import check, equal, expect

CREATE = "/api/open/v3/liveAvatar/session/create"
DETAIL = "/api/open/v4/liveAvatar/session/detail"


def create():
    session = data_of("POST", CREATE, {"avatar_id": "dvp_Tristan_cloth2_1080P", "stream_type": "agora"})
    urls = session["stream_urls"]
    for name in ("_id", "task_id", "app_name", "stream_name"):
        expect(isinstance(session[name], str) and session[name], f"{name} is missing")
    for name in ("agora_app_id", "agora_channel", "agora_token"):
        expect(isinstance(urls[name], str) and urls[name], f"{name} is missing")
    expect(isinstance(session["uid"], int) and session["uid"] > 0, "the uid to join as is missing")
    expect(urls["client_chat_room_url"].endswith(".chat") and "/client_" in urls["client_chat_room_url"], "an odd address")
    equal(name_in(urls["server_chat_room_url"])[:7], "server_")
    return session


def create_to_pull():
    """Without a stream_type the picture is pulled, and there is no room."""
    urls = data_of("POST", CREATE, {"avatar_id": "dvp_Tristan_cloth2_1080P"})["stream_urls"]
    expect(urls["client_pull_stream_url"].endswith(".flv"), "no stream to pull")
    expect("agora_token" not in urls, "a room that nobody asked for")
    equal(code_of("POST", CREATE, {}), 1003)


def name_in(url):
    """The last segment of the path, up to its first dot."""
    return urlsplit(url).path.rsplit("/", 1)[1].split(".")[0]


def becomes_ready(session):
    for _ in range(400):
        if data_of("GET", DETAIL, query={"id": session["_id"]})["status"] == 3:
            return
        time.sleep(0.05)
    raise AssertionError("the session never became ready")


class Chat:
    def __init__(self, urls):
        self.socket = websocket.connect(urls["client_chat_room_url"])
        self.me, self.peer = name_in(urls["client_chat_room_url"]), name_in(urls["server_chat_room_url"])

    def send(self, payload, **more):
        self.socket.send_text(json.dumps({"type": "chat", "to": self.peer, "payload": json.dumps(payload), **more}))

    def receive(self):
        received = self.socket.receive()
        expect(received is not None and received[0] == "text", f"{received!r} instead of an answer")
        message = json.loads(received[1])
        equal([message["type"], message["from"], message["to"], type(message["payload"])], ["chat", self.peer, self.me, str])
        return json.loads(message["payload"])

    def hear(self, asked, text):
        """The parts of an answer in the order in which they come, which must make this text."""
        heard = ""
        while heard != text:
            part = self.receive()
            if part["message_id"] != asked["message_id"]:
                continue  # the rest of an earlier answer
            equal(part["question"], asked.get("question", asked.get("content")))
            heard += part["answer"]
            expect(text.startswith(heard), f"{heard!r} is not how {text!r} begins")


def question(message_id, text, mode, **more):
    base = {"message_id": message_id, "voice_id": "", "voice_url": "", "language": "en", "mode_type": mode, "prompt": {"from": "text", "content": ""}}
    return {**base, "question": text, **more}


def repeats(chat):
    text = "Grüße 👩‍👩‍👧‍👦 \"quoted\" 你好, and a text that is long enough for several parts, one after the other."
    # The documentation calls mode_type a string, its examples send a number.
    for message_id, mode in (("msg-1", 1), ("msg-2", "1")):
        asked = question(message_id, text, mode)
        chat.send(asked)
        chat.hear(asked, text)


def answers(chat):
    asked = question("msg-3", "Who are you?", 2, prompt={"from": "url", "content": "https://example.com/a.pdf"})
    chat.send(asked)
    while True:
        part = chat.receive()
        if part["message_id"] == "msg-3":
            break
    expect(part["answer"] and part["answer"] != "Who are you?", "in mode 2 it only repeats")


def goes_on(chat):
    for odd in ("not json", "[]", '{"type":"chat"}', json.dumps({"type": "chat", "to": chat.peer, "payload": "not json"}), json.dumps({"type": "dance", "to": chat.peer})):
        chat.socket.send_text(odd)
    chat.send(question("msg-4", "For another.", 1), to="server_1")
    asked = question("msg-5", "Still there.", 1)
    chat.send(asked)
    chat.hear(asked, "Still there.")


def main():
    session = check("create", create)
    check("create-to-pull", create_to_pull)
    chat = Chat(session["stream_urls"])
    check("becomes-ready", becomes_ready, session)
    check("repeats", repeats, chat)
    check("answers", answers, chat)
    check("goes-on", goes_on, chat)
    chat.socket.close()


main()
