"""Frames of the DaVinci Voice Engine as bytes (sections C2 and C3): writes 600 with a fixed seed, and reads ours from standard input."""
import base64
import json
import random
import struct
import sys

import protobuf
from report import check, emit, equal

SEED = 20261121
RANDOM = random.Random(SEED)
ALPHABET = "az09 _-\"\\\n\u0000ßÿ\u0800你👋\U0010ffff"


def number():
    """Of every length that a varint has."""
    return RANDOM.getrandbits(RANDOM.randint(1, 64))


def words(most=40):
    return "".join(RANDOM.choice(ALPHABET) for _ in range(RANDOM.choice((0, 1, RANDOM.randint(0, most)))))


def data(most=600):
    return bytes(RANDOM.getrandbits(8) for _ in range(RANDOM.choice((0, 1, 127, 128, RANDOM.randint(0, most)))))


def unknown_field():
    """What a newer service may add: every wire type, numbers of one byte and of several."""
    field = RANDOM.choice((6, 15, 16, 2047, 2048, 2**29 - 1))
    return RANDOM.choice((
        lambda: protobuf.number(field, number()),
        lambda: protobuf.data(field, data(50)),
        lambda: protobuf.varint(field << 3 | protobuf.FIXED64) + RANDOM.getrandbits(64).to_bytes(8, "little"),
        lambda: protobuf.varint(field << 3 | protobuf.FIXED32) + RANDOM.getrandbits(32).to_bytes(4, "little"),
    ))()


def message(pieces):
    """In any order, with fields that nobody knows between them."""
    pieces = [piece for piece in pieces if piece] + [unknown_field() for _ in range(RANDOM.choice((0, 0, 1, 3)))]
    RANDOM.shuffle(pieces)
    return b"".join(pieces)


def padded(value):
    """A varint that is longer than it must be, as writers have it that leave room for a length."""
    short = protobuf.varint(value)
    return short[:-1] + bytes([short[-1] | 0x80, 0x80, 0x00]) if len(short) < 3 else short


def member(field, body):
    return protobuf.varint(field << 3 | protobuf.LENGTH) + (padded if RANDOM.random() < 0.2 else protobuf.varint)(len(body)) + body


def b64(value):
    return base64.b64encode(value).decode()


def text_frame():
    id, name, text = number(), words(), words(400)
    body = message([protobuf.number(1, id), protobuf.text(2, name), protobuf.text(3, text)])
    return member(1, body), {"kind": "text", "id": str(id), "name": name, "text": text}


def audio_frame():
    id, name, audio, rate, channels = number(), words(), data(), RANDOM.getrandbits(32), RANDOM.randint(0, 8)
    body = message([protobuf.number(1, id), protobuf.text(2, name), protobuf.data(3, audio), protobuf.number(4, rate), protobuf.number(5, channels)])
    return member(2, body), {"kind": "audio", "id": str(id), "name": name, "audio": b64(audio), "sampleRateHz": rate, "channels": channels}


def image_frame():
    id, name, image, format = number(), words(), data() + b"\x89", RANDOM.choice(("JPEG", "PNG", "png", "jpg"))
    width, height = RANDOM.randint(1, 2**32 - 1), RANDOM.randint(1, 100)
    # The order of the two is what tells width from height, so they stay together.
    packed = protobuf.data(4, protobuf.varint(width) + protobuf.varint(height))
    size = packed if RANDOM.random() < 0.5 else protobuf.number(4, width) + protobuf.number(4, height)
    body = message([protobuf.number(1, id), protobuf.text(2, name), protobuf.data(3, image), size, protobuf.text(5, format)])
    return member(RANDOM.choice((3, 3, 4, 16)), body), {"kind": "image", "id": str(id), "name": name, "image": b64(image), "width": width, "height": height, "format": format}


def wav(pcm):
    """A WAV file with chunks before its samples, and with a size that its writer knew or did not."""
    chunk = lambda tag, body: tag + struct.pack("<I", len(body)) + body + (b"\0" if len(body) % 2 else b"")
    rate, channels = RANDOM.choice((8000, 16000, 24000, 44100, 48000)), RANDOM.choice((1, 2))
    fmt = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    if RANDOM.random() < 0.3:  # WAVE_FORMAT_EXTENSIBLE
        fmt = struct.pack("<H", 0xFFFE) + fmt[2:] + struct.pack("<HHI", 22, 16, 4) + struct.pack("<H", 1) + bytes.fromhex("000000001000800000aa00389b71")
    extra = b"".join(chunk(RANDOM.choice((b"LIST", b"fact", b"bext")), data(30)) for _ in range(RANDOM.randint(0, 2)))
    said = RANDOM.choice((len(pcm), 0, 0xFFFFFFFF))
    inner = b"WAVE" + chunk(b"fmt ", fmt) + extra + b"data" + struct.pack("<I", said) + pcm
    riff = len(inner) if said == len(pcm) else RANDOM.choice((0, 0xFFFFFFFF))
    return b"RIFF" + struct.pack("<I", riff) + inner, {"pcm": b64(pcm), "sampleRateHz": rate, "channels": channels}


def write():
    for _ in range(500):
        encoded, expected = RANDOM.choice((text_frame, audio_frame, image_frame))()
        emit({"frame": b64(encoded), "expected": expected})
    for _ in range(100):
        encoded, expected = wav(data()[:400])
        emit({"wav": b64(encoded), "expected": expected})


def read(frames):
    """Ours, each with what it should hold."""
    for frame in frames:
        found = protobuf.read_frame(base64.b64decode(frame["bytes"]), frame["member"])
        found = {name: b64(value) if isinstance(value, bytes) else value for name, value in found.items()}
        equal(found, {"id": 0, "name": "", **frame["holds"]})


write()
given = json.load(sys.stdin)
for kind in ("text", "audio", "image"):
    check(f"reads-{kind}", read, [frame for frame in given if frame["holds"]["kind"] == kind])
