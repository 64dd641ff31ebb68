"""What may be found in a file, and how much of one is ever unpacked to look for it."""

from dataclasses import dataclass

FINDINGS = {
    "virus": "a virus was found in it",
    "program": "it is, or holds, a program",
    "script": "it holds a script that could run",
    "web_page": "it is a web page or a drawing that a browser would run",
    "macros": "it holds macros",
    "active": "it holds an object or a control that could run",
    "outside": "it fetches something from elsewhere when it is opened",
    "encrypted": "it is locked with a password, so nothing could look into it",
    "bomb": "it would unpack to far more than it seems",
    "false_parts": "its parts are not what its own list says",
    "paths": "names inside it lead out of the folder it is opened in",
    "two_kinds": "it is two kinds of file at once",
    "huge_picture": "its picture is far too large to be shown",
    "entities": "it declares entities, as no word processor does",
    "old_office": "it is an Office file of the old kind, which hides what it holds",
    "unreadable": "part of it cannot be looked into",
    "unknown_kind": "it is not a kind of file that is taken",
}
"""Code of a finding → what is said of the file."""

MOST_UNPACKED = 150 * 1024 * 1024
"""Bytes, of everything inside one file together: six times the largest file that is taken."""

DEEPEST = 3
"""Files within files within files. A letter with a workbook in it is two."""

MOST_PARTS = 5_000


class TooMuch(Exception):
    """It would unpack to more than any letter or photograph holds."""


@dataclass
class Room:
    """How many bytes may still be unpacked while one file is looked at."""

    left: int = MOST_UNPACKED

    def take(self, size: int) -> None:
        """Use up so many bytes; refused (TooMuch) where there are not so many left."""
        self.left -= size
        if self.left < 0:
            raise TooMuch
