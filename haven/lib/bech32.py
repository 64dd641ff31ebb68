"""Bech32 (BIP 173): bytes as letters and figures with a checksum, hard to mistype: what age's keys look like."""

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECK = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class NotBech32(ValueError):
    """The text is not what was written down: a letter is wrong, or something is missing."""


def encode(kind: str, data: bytes) -> str:
    """The bytes as text that begins with their kind and a 1."""
    values = _regroup(data, 8, 5, pad=True)
    checksum = _polymod([*_expanded(kind), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [(checksum >> 5 * (5 - place)) & 31 for place in range(6)]
    return f"{kind}1{''.join(LETTERS[value] for value in values)}"


def decode(text: str) -> tuple[str, bytes]:
    """The kind and the bytes. Refused (NotBech32) where the checksum is wrong or capitals are mixed."""
    kind, one, rest = text.strip().lower().rpartition("1")
    if text.strip() not in (text.strip().lower(), text.strip().upper()) or not one or set(rest) - set(LETTERS):
        raise NotBech32("This is not a key as it was written.")
    values = [LETTERS.index(letter) for letter in rest]
    if len(values) < 6 or _polymod([*_expanded(kind), *values]) != 1:
        raise NotBech32("A letter of this key is wrong, or some are missing.")
    return kind, bytes(_regroup(values[:-6], 5, 8, pad=False))


def _expanded(kind: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in kind), 0, *(ord(letter) & 31 for letter in kind)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_CHECK):
            check ^= factor if top >> place & 1 else 0
    return check


def _regroup(values: bytes | list[int], width: int, wanted: int, *, pad: bool) -> list[int]:
    held, bits, found = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= wanted:
            bits -= wanted
            found.append(held >> bits & (1 << wanted) - 1)
    if pad and bits:
        found.append(held << wanted - bits & (1 << wanted) - 1)
    return found
