"""Reads Agora's AccessToken 007 with zlib and hmac (section F), and checks its signature."""
import base64
import hashlib
import hmac
import json
import struct
import sys
import zlib

from report import check, emit, equal, expect


class Reader:
    def __init__(self, data):
        self._data = data
        self.at = 0

    def take(self, count):
        expect(self.at + count <= len(self._data), "the token is cut off")
        self.at += count
        return self._data[self.at - count : self.at]

    def u16(self):
        return struct.unpack("<H", self.take(2))[0]

    def u32(self):
        return struct.unpack("<I", self.take(4))[0]

    def text(self):
        return self.take(self.u16())

    def rest(self):
        return self._data[self.at :]


def sign(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def read(token, certificate):
    expect(token.startswith("007"), "the version is not 007")
    reader = Reader(zlib.decompress(base64.b64decode(token[3:], validate=True)))
    signature = reader.text()
    signed = reader.rest()
    app_id, issued, expire, salt = reader.text().decode(), reader.u32(), reader.u32(), reader.u32()
    equal([reader.u16(), reader.u16()], [1, 1])  # one service, which is RTC
    privileges = {str(reader.u16()): reader.u32() for _ in range(reader.u16())}
    channel, uid = reader.text().decode(), reader.text().decode()
    equal(reader.rest(), b"")
    equal([len(signature), 1 <= salt <= 99999999], [32, True])
    key = sign(struct.pack("<I", salt), sign(struct.pack("<I", issued), certificate.encode()))
    signature_fits = hmac.compare_digest(sign(key, signed), signature)
    return {"appId": app_id, "issuedAt": issued, "expire": expire, "privileges": privileges, "channel": channel, "uid": uid, "signatureFits": signature_fits}


for given in json.load(sys.stdin):
    emit({"token": check("is-well-formed", read, given["token"], given["certificate"])})
