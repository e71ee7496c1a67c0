"""Both ends of a WebSocket (RFC 6455) over Python's standard library alone: no code in common with the package under test."""
import base64
import hashlib
import os
import socket
import struct
import time
from urllib.parse import urlsplit

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


class Refused(Exception):
    """The upgrade was answered with an HTTP status other than 101."""

    def __init__(self, status, body):
        super().__init__(f"HTTP {status}: {body[:200]}")
        self.status = status


class WebSocket:
    """One open socket. `masks` is true for the client's end, whose frames must be masked (5.3)."""

    def __init__(self, stream, masks, left_over=b"", protocol=None):
        self._stream = stream
        self._masks = masks
        self._buffer = bytearray(left_over)
        self._parts = []
        self._kind = None
        self.protocol = protocol
        self.pongs = 0

    def _await_end(self):
        """The client lets the server end the connection, then ends its half as well (7.1.1)."""
        try:
            while self._masks and self._stream.recv(65536):
                pass
        except OSError:
            pass  # a connection that broke has ended, too
        self._stream.close()

    def send_frame(self, opcode, payload, fin=True):
        head = bytes([(0x80 if fin else 0) | opcode])
        mask_bit = 0x80 if self._masks else 0
        if len(payload) < 126:
            head += bytes([mask_bit | len(payload)])
        elif len(payload) < 65536:
            head += bytes([mask_bit | 126]) + struct.pack(">H", len(payload))
        else:
            head += bytes([mask_bit | 127]) + struct.pack(">Q", len(payload))
        if self._masks:
            key = os.urandom(4)
            pattern = (key * (len(payload) // 4 + 1))[: len(payload)]
            masked = int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")
            payload = key + masked.to_bytes(len(payload), "big")
        self._stream.sendall(head + payload)

    def send_text(self, text):
        self.send_frame(TEXT, text.encode("utf-8"))

    def send_binary(self, data):
        self.send_frame(BINARY, data)

    def close(self, code=1000):
        try:
            self.send_frame(CLOSE, struct.pack(">H", code))
        except OSError:
            pass  # the other end was faster

    def abort(self):
        self._stream.close()

    def receive(self, timeout=20.0):
        """The next message: ("text", str), ("binary", bytes), ("close", code, reason), or None when none came in time."""
        deadline = time.monotonic() + timeout
        while True:
            frame = self._take_frame()
            if frame is None:
                if not self._fill(deadline - time.monotonic()):
                    return None
                continue
            message = self._handle(*frame)
            if message is not None:
                return message

    def _fill(self, seconds):
        """False when nothing came in time."""
        self._stream.settimeout(max(seconds, 0.001))
        try:
            data = self._stream.recv(65536)
        except socket.timeout:
            return False
        except ConnectionError:
            data = b""
        finally:
            self._stream.settimeout(30)
        # An end without a close frame is told as 1006, as browsers do (7.1.5).
        self._buffer += data or bytes([0x80 | CLOSE, 2]) + struct.pack(">H", 1006)
        return True

    def _take_frame(self):
        data = self._buffer
        if len(data) < 2:
            return None
        if data[0] & 0x70:
            raise ValueError("a reserved bit is set")
        is_masked, length, at = bool(data[1] & 0x80), data[1] & 0x7F, 2
        if length >= 126:
            size = 2 if length == 126 else 8
            if len(data) < at + size:
                return None
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        key = b""
        if is_masked:
            key, at = bytes(data[at : at + 4]), at + 4
        if len(data) < at + length or (is_masked and len(key) < 4):
            return None
        payload = bytes(data[at : at + length])
        if is_masked:
            payload = bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))
        opcode, fin = data[0] & 0x0F, bool(data[0] & 0x80)
        del data[: at + length]
        return opcode, fin, payload

    def _handle(self, opcode, fin, payload):
        if opcode == PING:
            self.send_frame(PONG, payload)
            return None
        if opcode == PONG:
            self.pongs += 1
            return None
        if opcode == CLOSE:
            code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
            if code not in (1005, 1006):
                self.close(code)
            self._await_end()
            return ("close", code, payload[2:].decode("utf-8"))
        if opcode != CONTINUATION:
            self._kind, self._parts = opcode, []
        self._parts.append(payload)
        if not fin:
            return None
        whole = b"".join(self._parts)
        return ("text", whole.decode("utf-8")) if self._kind == TEXT else ("binary", whole)


def connect(url, headers=None, protocols=None, timeout=10.0):
    """Opens the client's end. Raises Refused when the server does not upgrade."""
    parts = urlsplit(url)
    stream = socket.create_connection((parts.hostname, parts.port or 80), timeout)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    ]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if protocols:
        lines.append(f"Sec-WebSocket-Protocol: {', '.join(protocols)}")
    stream.sendall("\r\n".join(lines + ["", ""]).encode("ascii"))
    start, answer, left_over = read_head(stream)
    status = int(start.split(" ")[1])
    if status != 101:
        stream.close()
        raise Refused(status, left_over.decode("utf-8", "replace"))
    if answer.get("sec-websocket-accept") != accept_of(key):
        raise ValueError("Sec-WebSocket-Accept is wrong")
    if answer.get("sec-websocket-protocol", (protocols or [None])[0]) not in (protocols or [None]):
        raise ValueError("a subprotocol was selected that was not offered")
    return WebSocket(stream, True, left_over, answer.get("sec-websocket-protocol"))


def read_head(stream):
    """The start line, the header fields in lower case, and what came after them."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = stream.recv(65536)
        if not more:
            raise ConnectionError("the connection ended within the header")
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    start, *lines = head.decode("latin-1").split("\r\n")
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return start, fields, rest


def accept(stream, fields, left_over=b"", protocol=None):
    """Opens the server's end on a stream whose request has been read."""
    lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Accept: {accept_of(fields['sec-websocket-key'])}"]
    if protocol:
        lines.append(f"Sec-WebSocket-Protocol: {protocol}")
    stream.sendall("\r\n".join(lines + ["", ""]).encode("ascii"))
    return WebSocket(stream, False, left_over, protocol)


def accept_of(key):
    return base64.b64encode(hashlib.sha1((key + GUID).encode("ascii")).digest()).decode()
