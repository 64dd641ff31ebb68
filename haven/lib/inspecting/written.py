"""Text: a web page, a drawing, a script or rich text that calls itself text; and e-mails with what is attached."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

_PAGE = re.compile(
    r"^\W{0,9}<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|\?xml|xsl)|<\s*svg[\s>]|<\s*html[\s>]",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"<\s*script[\s>/]|\bon(?:load|error|click)\s*=|javascript\s*:|<\s*iframe[\s>]|<\?php\b", re.IGNORECASE
)
_COMMANDS = re.compile(
    r"^\W{0,9}(?:@echo\s+off|\[InternetShortcut\]|rem\s.*\r?\n.*%\w)|WScript\.(?:Shell|CreateObject)|CreateObject\s*\(|"
    r"\bpowershell(?:\.exe)?\s+-|\bInvoke-Expression\b|\bActiveXObject\b|<hta:application",
    re.IGNORECASE,
)
_RICH = re.compile(r"\\(?:object|objdata|objocx|ddeauto|ddedata|template)\b|\\\*\\(?:objdata|template)", re.IGNORECASE)
_CALLS = re.compile(r"^[\s\"',;]*[=+\-@]\s*(?:\w+\||(?:DDE|CALL|EXEC|WEBSERVICE)\s*\()", re.IGNORECASE | re.MULTILINE)


READ = 1_000_000
"""Bytes of a text that are read: a page or a script says what it is at its beginning."""


def faults_of_text(content: bytes) -> set[str]:
    """What text gives away; nothing where it is only words."""
    text = as_text(content[:READ])
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if head.startswith("{\\rtf"):
        return {"active"} if _RICH.search(text) else set()
    found = {"web_page"} if _PAGE.search(head) else set()
    found |= {"script"} if _RUNS.search(text) or _COMMANDS.search(text) else set()
    return found | ({"outside"} if _CALLS.search(text) else set())


def as_text(content: bytes) -> str:
    """The words, by the mark at their beginning or as UTF-8."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[2:].decode(name, errors="replace")
    return content.decode("utf-8", errors="replace")


def is_mail(content: bytes) -> bool:
    """Begins as an e-mail does, with at least three of its headers."""
    head = content[:65536].split(b"\n\n")[0].split(b"\r\n\r\n")[0].lower()
    names = (b"from:", b"date:", b"subject:", b"message-id:", b"received:")
    return sum(head.startswith(name) or b"\n" + name in head for name in names) >= 3


def attached(content: bytes) -> Iterator[bytes]:
    """Whatever is attached to an e-mail, and parts that are no text; the words themselves are not."""
    message = message_from_bytes(content, policy=default)
    for part in message.walk():
        plain = part.get_content_maintype() == "text" and not part.get_filename()
        if not part.is_multipart() and not plain:
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                yield data
