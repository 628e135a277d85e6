"""Thrift's compact protocol, as far as Parquet's metadata need it."""

from collections.abc import Mapping, Sequence

I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12  # the protocol's numbers of types


class Long(int):
    """An integer that the protocol writes as one of 64 bits; plain ones have 32."""


Value = int | str | bytes | Sequence["Value"] | Mapping[int, "Value"]


def encode(struct: Mapping[int, Value]) -> bytes:
    """Return a struct, whose fields are given by their ids in ascending order."""
    encoded, last = bytearray(), 0
    for id, value in struct.items():
        # Ids of fields that are given here are at most 15 apart, so the short form of the header does.
        encoded.append((id - last) << 4 | _type(value))
        encoded += _encode(value)
        last = id
    return bytes(encoded) + b"\x00"


def varint(number: int) -> bytes:
    """Return a number that is not negative, seven bits a byte, the lowest first."""
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*encoded, number])


def _type(value: Value) -> int:
    if isinstance(value, int):
        return I64 if isinstance(value, Long) else I32
    if isinstance(value, str | bytes):
        return BINARY
    return STRUCT if isinstance(value, Mapping) else LIST


def _encode(value: Value) -> bytes:
    if isinstance(value, int):
        return varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return varint(len(value)) + value
    if isinstance(value, Mapping):
        return encode(value)
    element = _type(value[0]) if value else STRUCT
    size = bytes([len(value) << 4 | element]) if len(value) < 15 else bytes([0xF0 | element]) + varint(len(value))
    return size + b"".join(map(_encode, value))
