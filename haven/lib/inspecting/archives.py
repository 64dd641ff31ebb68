"""Packed files (zip, and so Word and Excel): what their list promises against what their bytes hold.

Their own list is not believed: each part is unpacked here, a bounded piece at a time.
"""

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from haven.lib.inspecting.findings import MOST_PARTS, MOST_UNPACKED, Room, TooMuch

_HEADER = 30
"""Bytes before a part's name: the signature and ten numbers."""

_LOCKED = 0x1
_PLAIN, _DEFLATED = 0, 8


class FalseParts(Exception):
    """A part is not where, or not as large as, the list says."""


def listed(content: bytes, room: Room) -> list[zipfile.ZipInfo]:
    """The archive's own list. Refused (FalseParts) where there is none to be read; where it never ends, or promises
    more than there is room for (TooMuch). Where it promises less than its parts hold, unpacking them tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError) as error:
        raise FalseParts from error
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > room.left:
        raise TooMuch
    return infos


def faults_of_list(content: bytes, infos: list[zipfile.ZipInfo]) -> set[str]:
    """What the list alone gives away: names that lead outside, parts that lie over each other, a password."""
    found = {"paths"} if any(_leads_out(info) for info in infos) else set()
    names = Counter(info.filename.casefold() for info in infos)
    if _overlap(content, infos) or any(count > 1 for count in names.values()):
        found.add("false_parts")
    if any(info.flag_bits & _LOCKED for info in infos):
        found.add("encrypted")
    return found


def _leads_out(info: zipfile.ZipInfo) -> bool:
    """The name as it was written, before Python cut it; or a link."""
    name = info.orig_filename.replace("\\", "/")
    mode = info.external_attr >> 16
    odd = any(not character.isprintable() for character in name)
    return odd or name.startswith("/") or ".." in name.split("/") or ":" in name or (bool(mode) and stat.S_ISLNK(mode))


def _overlap(content: bytes, infos: list[zipfile.ZipInfo]) -> bool:
    ends_before = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < ends_before:
            return True
        ends_before = _begins(content, info) + info.compress_size
    return ends_before > len(content)


def _begins(content: bytes, info: zipfile.ZipInfo) -> int:
    """Where a part's bytes begin, by the header in front of them."""
    header = content[info.header_offset : info.header_offset + _HEADER]
    if len(header) < _HEADER or not header.startswith(b"PK\x03\x04"):
        raise FalseParts
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    return info.header_offset + _HEADER + name + extra


def parts_of(content: bytes, infos: list[zipfile.ZipInfo], room: Room) -> Iterator[tuple[str, bytes]]:
    """Each part that can be read: its name and its bytes. Refused: FalseParts, and TooMuch as soon as it is."""
    for info in infos:
        if not info.flag_bits & _LOCKED and not info.is_dir():
            yield info.filename, _unpacked(content, info, room)


def _unpacked(content: bytes, info: zipfile.ZipInfo, room: Room) -> bytes:
    begins = _begins(content, info)
    packed = content[begins : begins + info.compress_size]
    if info.compress_type == _PLAIN:
        data = packed
    elif info.compress_type == _DEFLATED:
        data = inflated(packed, room, wbits=-zlib.MAX_WBITS, most=info.file_size)
    else:
        raise FalseParts
    if len(data) != info.file_size:
        raise FalseParts
    return data


def inflated(packed: bytes, room: Room, *, wbits: int = zlib.MAX_WBITS, most: int = MOST_UNPACKED) -> bytes:
    """What was squeezed, as far as there is room. Refused: TooMuch; and FalseParts where it was not squeezed so, or
    holds more than it may."""
    tool = zlib.decompressobj(wbits)
    try:
        data = tool.decompress(packed, min(room.left, most) + 1)
    except zlib.error as error:
        raise FalseParts from error
    room.take(len(data))
    if not tool.eof:
        raise FalseParts
    return data
