"""A client of Akool's streaming avatar, made from the description of the protocol alone (sections A1 to A8)."""
import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import wave

import websocket
from report import check, equal, expect, options

OPTIONS = options()
KEY = OPTIONS["apiKey"]
AGORA = {"appid": "app", "channel_id": "room-f", "token": "tok", "uid": "7001"}


def discover(headers, query=""):
    """As the vendor's client: of the configured address only scheme, host and port count (A1)."""
    parts = urllib.parse.urlsplit(OPTIONS["discoveryUrl"])
    url = f"{parts.scheme}://{parts.netloc}/streamingAvatar/service_status{query}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def instances(query=""):
    status, body = discover({"api_key": KEY, "Content-Type": "application/json"}, query)
    equal([status, body["code"]], [200, 1000])
    found = body["data"]["instances"]
    for entry in found:
        equal(sorted(entry), ["avatar_id", "healthy", "index", "ip", "port", "status"])
    return found


def open_node(node, headers=None, session="s-1"):
    query = urllib.parse.urlencode({"session_id": session, "avatar_id": "a b&c"})
    return websocket.connect(f"ws://{node['ip']}:{node['port']}/streamingAvatar/ws/v1?{query}", {"api_key": KEY} if headers is None else headers)


def send(socket, kind, mid, pld):
    socket.send_text(json.dumps({"v": 2, "type": kind, "mid": mid, "pld": pld}))


def receive(socket, kind=None):
    """The next message, which must be of this kind."""
    message = socket.receive()
    expect(message is not None and message[0] == "text", f"{message!r} instead of a message")
    body = json.loads(message[1])
    equal(body["v"], 2)
    expect(isinstance(body["mid"], str) and body["mid"], "a message without mid")
    if kind is not None:
        expect(body["type"] == kind, f"{body!r} instead of {kind}")
    return body


def closes_with(socket, code):
    equal(socket.receive()[:2], ("close", code))


def is_alive(socket):
    send(socket, "ping", "ping-alive", {})
    receive(socket, "pong")


def key_refused():
    for headers in ({}, {"api_key": "wrong"}, {"x-api-key": KEY}, {"Authorization": f"Bearer {KEY}"}):
        status, body = discover(headers)
        equal([status, body["code"]], [401, 4001])


def node_refuses_keys():
    node = instances()[1]
    for headers in ({}, {"api_key": "wrong"}, {"x-api-key": KEY}):
        closes_with(open_node(node, headers), 4001)


def set_params(socket):
    send(socket, "chat", "audio-early", {"audio": ""})
    expect(receive(socket, "error")["pld"]["error_code"], "audio before agora_connected gives no error")
    data = {"vid": "", "lang": "en", "mode": 3, "bgurl": ""}
    send(socket, "command", "cmd-set-params-1", {"cmd": "set-params", "data": data, "metadata": {"agora_data": AGORA}})
    equal(receive(socket, "ack")["pld"], {"original_mid": "cmd-set-params-1", "status": "success"})
    equal(receive(socket, "system")["pld"], {"status": "agora_connected", "channel_id": "room-f"})


def params_again(socket):
    send(socket, "command", "cmd-set-params-2", {"cmd": "set-params", "data": {"vid": "v", "lang": "de", "mode": 1, "bgurl": ""}})
    ack = receive(socket, "ack")["pld"]
    equal(ack["original_mid"], "cmd-set-params-2")
    expect(ack["status"] != "success", "a mode that is not 3 was taken")


def audio_at_real_pace(socket):
    """1,024 samples every 64 ms, as the vendor's example (A7)."""
    with wave.open(OPTIONS["speech"]) as file:
        equal([file.getframerate(), file.getnchannels(), file.getsampwidth()], [16000, 1, 2])
        pcm = file.readframes(16 * 1024)
    started = time.monotonic()
    for index in range(16):
        chunk = pcm[index * 2048 : (index + 1) * 2048]
        send(socket, "chat", f"audio-{index}", {"audio": base64.b64encode(chunk).decode()})
        time.sleep(max(0, started + (index + 1) * 0.064 - time.monotonic()))
    is_alive(socket)
    with urllib.request.urlopen(f"{OPTIONS['url']}/_emulator/sessions/s-1/audio.wav", timeout=10) as response, wave.open(response) as file:
        expect(file.readframes(file.getnframes()) == pcm, "what was heard is not what was sent")


def interrupt(socket):
    send(socket, "command", "cmd-interrupt-1", {"cmd": "interrupt"})
    equal(receive(socket, "ack")["pld"], {"original_mid": "cmd-interrupt-1", "status": "success"})


def heartbeat(socket):
    send(socket, "ping", "ping-1", {})
    equal(receive(socket, "pong")["pld"], {})


def readme_ping(socket):
    socket.send_text('{"type":"ping"}')
    receive(socket, "pong")


def unreadable(socket, text):
    socket.send_text(text)
    error = receive(socket, "error")["pld"]
    expect(isinstance(error["error_code"], int) and error["error_message"], "an error without code and message")
    is_alive(socket)


def unknown(socket):
    for message in (
        {"v": 2, "type": "telepathy", "mid": "x", "pld": {}},
        {"v": 2, "type": "command", "mid": "x", "pld": {"cmd": "dance"}},
        {"type": "auth", "token": "t", "avatar_id": "a"},
        {"type": "agora_params", "data": {"channel": "c", "userId": 1, "rtcToken": "t"}},
        {"type": "audio_data", "data": "AAAA"},
        {"v": 1, "type": "chat", "mid": "x", "pld": {"audio": "AAAA"}},
    ):
        unreadable(socket, json.dumps(message))


def odd_audio(socket):
    for audio in ("AA==", "@@@@", "AAA"):
        unreadable(socket, json.dumps({"v": 2, "type": "chat", "mid": "x", "pld": {"audio": audio}}))


def fragments(socket):
    """A message in three frames with a ping between them (RFC 6455, 5.4 and 5.5.2)."""
    text = json.dumps({"v": 2, "type": "ping", "mid": "ping-ü", "pld": {}}, ensure_ascii=False).encode()
    socket.send_frame(websocket.TEXT, text[:5], fin=False)
    socket.send_frame(websocket.PING, b"between")
    socket.send_frame(websocket.CONTINUATION, text[5:30], fin=False)
    socket.send_frame(websocket.CONTINUATION, text[30:])
    receive(socket, "pong")
    equal(socket.pongs, 1)


def second_client(node):
    closes_with(open_node(node, session="s-2"), 4003)
    statuses = {entry["port"]: entry["status"] for entry in instances()}
    expect(statuses.pop(node["port"]) != "available", "a node in use counts as available")
    equal(set(statuses.values()), {"available"})


def leave(socket):
    send(socket, "event", "event-leave-1", {"event": "leave_channel", "reason": "client_disconnect"})
    equal(receive(socket, "ack")["pld"], {"original_mid": "event-leave-1", "status": "success"})
    closes_with(socket, 1000)


def too_soon(node):
    """The node is free again, and still wants to be left alone for a while."""
    for _ in range(500):
        if all(entry["status"] == "available" for entry in instances()):
            break
        time.sleep(0.02)
    closes_with(open_node(node), 4004)


def main():
    check("discovery-refuses-keys", key_refused)
    check("discovery-of-test", instances, "?group_name=WEBSOCKET_GROUP_TEST")
    node = check("discovery-of-production", instances)[0]
    check("node-refuses-keys", node_refuses_keys)
    socket = open_node(node)
    check("websocket-connected", lambda: equal(receive(socket, "system")["pld"], {"status": "websocket_connected"}))
    check("set-params", set_params, socket)
    check("set-params-refused", params_again, socket)
    check("audio-at-real-pace", audio_at_real_pace, socket)
    check("interrupt", interrupt, socket)
    check("ping", heartbeat, socket)
    check("readme-ping", readme_ping, socket)
    check("malformed-json", unreadable, socket, '{"v":2,"type":')
    check("unknown-types", unknown, socket)
    check("odd-audio", odd_audio, socket)
    check("fragments", fragments, socket)
    check("second-client", second_client, node)
    check("leave", leave, socket)
    check("too-soon", too_soon, node)


main()
