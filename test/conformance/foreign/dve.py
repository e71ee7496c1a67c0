"""A client of the DaVinci Voice Engine, made from the description of the protocol alone (sections C1 to C5)."""
import io
import json
import time
import urllib.request
import wave

import protobuf
import websocket
from report import check, equal, expect, options

OPTIONS = options()
URL, KEY = OPTIONS["dveUrl"], OPTIONS["apiKey"]
FRAME_BYTES = 1024  # 512 samples, 32 ms
SILENCE = bytes(FRAME_BYTES)


def open_voice(assistant="echo", protocols=None, vision=False):
    url = f"{URL}?{'vision=1&' if vision else ''}assistant_id={assistant}"
    return websocket.connect(url, protocols=["proto", KEY] if protocols is None else protocols)


def speech(from_s, to_s):
    with wave.open(OPTIONS["speech"]) as file:
        equal([file.getframerate(), file.getnchannels(), file.getsampwidth()], [16000, 1, 2])
        file.setpos(int(from_s * 16000))
        pcm = file.readframes(int((to_s - from_s) * 16000))
    return [pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES)]


def is_refused(protocols):
    try:
        open_voice(protocols=protocols).close()
    except websocket.Refused as refusal:
        equal(refusal.status, 401)
        return
    raise AssertionError("the socket opened")


def refuses_keys():
    for protocols in (["proto", "wrong"], ["proto"], [KEY], []):
        is_refused(protocols)


def selects_proto():
    socket = open_voice()
    equal(socket.protocol, "proto")
    socket.close()


def converse(socket, heard):
    """A continuous stream in frames of 32 ms, until the first of the reply comes (C3)."""
    # The beginning comes at once: a reply of several seconds is still being heard when it is spoken into.
    for piece in speech(1.8, 4.0) * 2:
        heard.append(piece)
        socket.send_binary(protobuf.audio_frame(piece))
    utterance = speech(1.8, 4.0)
    started = time.monotonic()
    for index in range(1000):
        piece = utterance[index] if index < len(utterance) else SILENCE
        heard.append(piece)
        # A field that the schema does not have, as pipecat's later `pts` (C2).
        socket.send_binary(protobuf.audio_frame(piece, extra=protobuf.number(6, 2**40 + index) if index % 2 else b""))
        message = socket.receive(max(0, started + (index + 1) * 0.032 - time.monotonic()))
        if message is not None:
            return message
    raise AssertionError("no reply came")


def read_reply(message):
    equal(message[0], "binary")
    expect(message[1][0] == 0x12, "an audio frame does not begin with 0x12")
    frame = protobuf.read_frame(message[1])
    equal([frame["kind"], frame["sample_rate"], frame["num_channels"]], ["audio", 16000, 1])
    equal([frame["audio"][:4], frame["audio"][8:12]], [b"RIFF", b"WAVE"])
    with wave.open(io.BytesIO(frame["audio"])) as file:
        equal([file.getframerate(), file.getnchannels(), file.getsampwidth()], [16000, 1, 2])
        return file.readframes(file.getnframes())


def replies(socket, heard):
    pcm = read_reply(converse(socket, heard))
    expect(len(pcm) >= 3200, "the reply is empty")
    expect(b"".join(heard).find(pcm) >= 0, "what the echo says is not what was said to it")


def is_interrupted(socket):
    """Speaks into the reply: at once, so that it is still being heard (C4)."""
    for piece in speech(1.9, 3.2):
        socket.send_binary(protobuf.audio_frame(piece))
    for _ in range(100):
        message = socket.receive()
        expect(message is not None, "no interrupt came")
        frame = protobuf.read_frame(message[1])
        if frame["kind"] == "text":
            equal(frame["text"], "__interrupt__")
            expect(message[1][0] == 0x0A, "a text frame does not begin with 0x0A")
            return
    raise AssertionError("the reply went on")


def falls_silent(socket):
    """What was on its way is here by the time that a ping is answered; after that nothing of the old reply comes."""
    socket.send_frame(websocket.PING, b"")
    while socket.pongs == 0:
        message = socket.receive(0.05)
        expect(message is None, f"{message!r} after the interrupt")
    equal(socket.receive(0.4), None)


def reports():
    with urllib.request.urlopen(f"{OPTIONS['url']}/_emulator/sessions", timeout=10) as response:
        return json.load(response)


def shows_pictures():
    socket = open_voice("pictures", vision=True)
    socket.send_binary(protobuf.image_frame(b"\xff\xd8\xff" + bytes(300), 640, 480, "JPEG"))
    socket.send_binary(protobuf.image_frame(b"\x89PNG", 1, 70000, "png", packed=False))
    socket.send_binary(protobuf.image_frame(b"\x89PNG", 2, 2, "png", member=4))
    # Frames are read in order: once the service has closed for this one it has read the pictures.
    socket.send_binary(b"\xff")
    while (socket.receive() or ("close",))[0] != "close":
        pass
    equal([report["images"] for report in reports() if report["id"] == "pictures"], [3])


def ends_for(message):
    def test():
        socket = open_voice()
        message(socket)
        last = socket.receive()
        expect(last is not None and last[0] == "close" and last[1] != 1006, f"{last!r} instead of a close frame")
        selects_proto()

    return test


def main():
    check("refuses-keys", refuses_keys)
    check("selects-proto", selects_proto)
    socket, heard = open_voice(), []
    check("replies", replies, socket, heard)
    check("interrupt", is_interrupted, socket)
    check("falls-silent", falls_silent, socket)
    socket.abort()
    check("pictures", shows_pictures)
    check("damaged-frame", ends_for(lambda socket: socket.send_binary(bytes([0x12, 0x0B, 0x1A, 0x04, 1, 0]))))
    check("text-message", ends_for(lambda socket: socket.send_text("hello")))
    check("wrong-rate", ends_for(lambda socket: socket.send_binary(protobuf.audio_frame(SILENCE, rate=48000))))


main()
