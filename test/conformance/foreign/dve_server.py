"""A voice engine that speaks as the DaVinci Voice Engine is described to (sections C1 to C5)."""
import base64
import struct
import time
import urllib.parse

import protobuf
from report import check, emit, equal, expect, options
from socket_server import serve

KEY = options()["apiKey"]
RATE = 16000


def select(offered):
    check("offers-subprotocols", lambda: equal(offered, ["proto", KEY]))
    return "proto" if offered == ["proto", KEY] else None


def wav(pcm, extra=b"", size=None):
    """A WAV file; `extra` holds chunks before the data, `size` is what the header says of the data."""
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE * 2, 2, 16)
    said = len(pcm) if size is None else size
    riff = 0xFFFFFFFF if size is not None else 4 + len(fmt) + len(extra) + 8 + len(pcm)
    return b"RIFF" + struct.pack("<I", riff) + b"WAVE" + fmt + extra + b"data" + struct.pack("<I", said) + pcm


def ramp(first, count):
    return struct.pack(f"<{count}h", *range(first, first + count))


LIST = b"LIST" + struct.pack("<I", 5) + b"INFOx" + b"\0"  # odd, so padded
# What our client is to hear is a ramp from 1 to 3,000, in every wrapping that the description allows.
REPLIES = [
    protobuf.audio_frame(wav(ramp(1, 1000))),
    protobuf.audio_frame(wav(ramp(1001, 500), extra=LIST), id=2**63 + 1, name="AudioRawFrame#1"),
    protobuf.audio_frame(wav(ramp(1501, 500), size=0xFFFFFFFF), extra=protobuf.number(6, 2**40)),
    protobuf.audio_frame(wav(b"")),
    protobuf.audio_frame(wav(ramp(2001, 500), size=0)),
    protobuf.audio_frame(ramp(2501, 500)),
]


def opens(target):
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(target).query)
    equal(query, {"vision": ["1"], "assistant_id": ["asst-1"]})


def hear(frame):
    equal([frame["kind"], frame["sample_rate"], frame["num_channels"], frame["id"], frame["name"]], ["audio", RATE, 1, 0, ""])
    equal(len(frame["audio"]), 1024)
    expect(frame["audio"][:4] != b"RIFF", "audio to the service has a header")
    return frame["audio"]


def look(frame):
    equal([frame["size"], frame["format"], frame["image"][:3]], [[640, 480], "jpeg", b"\xff\xd8\xff"])


def converse(socket, target, fields):
    check("opens-socket", opens, target)
    heard, pictures = b"", 0
    while len(heard) < 32 * 1024 or pictures == 0:
        received = socket.receive(60)
        if received is None or received[0] != "binary":
            return emit({"ended": repr(received)})
        frame = protobuf.read_frame(received[1])
        if frame["kind"] == "image":
            pictures += 1
            check("shows-picture", look, frame)
        else:
            heard += check("sends-audio", hear, frame) or b""
    emit({"pcm": base64.b64encode(heard).decode()})
    for reply in REPLIES:
        socket.send_binary(reply)
    socket.send_binary(protobuf.text_frame("Grüße, 你好", id=7, name="TextFrame#7"))
    socket.send_binary(protobuf.data(9, b"\x01\x02"))  # a member that nobody knows
    socket.send_binary(b"")
    socket.send_binary(b"\x12\x0b\x1a\x04\x01\x00")  # damaged
    socket.send_binary(protobuf.text_frame("__interrupt__"))
    socket.send_binary(protobuf.audio_frame(wav(ramp(9001, 320))))
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        received = socket.receive(30)
        if received is None or received[0] == "close":
            return emit({"ended": repr(received)})


serve(lambda target, fields: ("404 Not Found", b"{}"), converse, select)
