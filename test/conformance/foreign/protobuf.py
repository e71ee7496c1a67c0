"""Protobuf by hand, as far as the frames of the DaVinci Voice Engine need it (section C2)."""
VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5


def varint(value):
    out = bytearray()
    while True:
        if value < 0x80:
            return bytes(out) + bytes([value])
        out.append(value & 0x7F | 0x80)
        value >>= 7


def number(field, value):
    return varint(field << 3 | VARINT) + varint(value)


def data(field, value):
    return varint(field << 3 | LENGTH) + varint(len(value)) + value


def text(field, value):
    return data(field, value.encode("utf-8"))


def fields(message):
    """Every field in order: (number, wire type, value). Raises ValueError for damage."""
    at = 0
    found = []

    def take(count):
        nonlocal at
        if at + count > len(message):
            raise ValueError("a field is cut off")
        at += count
        return message[at - count : at]

    def take_varint():
        value = shift = 0
        while True:
            byte = take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
            if shift > 63:
                raise ValueError("a varint has more than ten bytes")

    while at < len(message):
        key = take_varint()
        wire_type = key & 7
        if key >> 3 == 0:
            raise ValueError("a field has number 0")
        if wire_type == VARINT:
            value = take_varint()
        elif wire_type == LENGTH:
            value = bytes(take(take_varint()))
        elif wire_type in (FIXED64, FIXED32):
            value = bytes(take(8 if wire_type == FIXED64 else 4))
        else:
            raise ValueError(f"wire type {wire_type}")
        found.append((key >> 3, wire_type, value))
    return found


def audio_frame(pcm, rate=16000, channels=1, id=0, name="", extra=b""):
    """`extra` holds fields that the schema does not have, already encoded."""
    return data(2, named(id, name) + data(3, pcm) + number(4, rate) + number(5, channels) + extra)


def text_frame(content, id=0, name="", extra=b""):
    return data(1, named(id, name) + text(3, content) + extra)


def image_frame(image, width, height, format, id=0, name="", packed=True, member=3):
    size = data(4, varint(width) + varint(height)) if packed else number(4, width) + number(4, height)
    return data(member, named(id, name) + data(3, image) + size + text(5, format))


def named(id, name):
    """Defaults are left out, as proto3 has it."""
    return (number(1, id) if id else b"") + (text(2, name) if name else b"")


def read_frame(message, image_member=3):
    """A frame as a dictionary: `kind`, and its fields by their names in the schema."""
    frame = {"kind": "empty"}
    for field, wire_type, value in fields(message):
        if wire_type != LENGTH or field not in (1, 2, image_member):
            frame = {"kind": "unknown"}
            continue
        frame = {"kind": {1: "text", 2: "audio"}.get(field, "image"), "id": 0, "name": ""}
        names = {1: {3: "text"}, 2: {3: "audio", 4: "sample_rate", 5: "num_channels"}}.get(field, {3: "image", 4: "size", 5: "format"})
        frame.update({"text": {"text": ""}, "audio": {"audio": b"", "sample_rate": 0, "num_channels": 0}}.get(frame["kind"], {"image": b"", "size": [], "format": ""}))
        for inner, inner_type, content in fields(value):
            if inner == 1:
                frame["id"] = content
            elif inner == 2:
                frame["name"] = content.decode("utf-8")
            elif names.get(inner) == "size":
                frame["size"] += [content] if inner_type == VARINT else unpack(content)
            elif names.get(inner) in ("text", "format"):
                frame[names[inner]] = content.decode("utf-8")
            elif inner in names:
                frame[names[inner]] = content
    return frame


def unpack(packed):
    """The varints of a packed field: each is read as if it were a field of its own."""
    values, start = [], 0
    for index, byte in enumerate(packed):
        if byte < 0x80:
            values.append(fields(varint(1 << 3 | VARINT) + packed[start : index + 1])[0][2])
            start = index + 1
    return values
