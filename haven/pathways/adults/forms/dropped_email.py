"""An e-mail dropped on the form: its words, its sender, its moment and its files (PR-02)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from haven.casework.operations.refusals import Refusal

MOST_WORDS = 7500
"""As many characters as one answer of the form takes; the whole e-mail is kept beside it as a file."""


class NotAnEmail(Refusal):
    """The file dropped is not an e-mail."""


@dataclass
class DroppedEmail:
    """What an e-mail says, ready for the boxes of the form."""

    words: str
    name: str = ""
    address: str = ""
    sent_at: datetime | None = None
    files: "list[File[Any]]" = field(default_factory=list)


def read_email(name: str, content: bytes) -> DroppedEmail:
    """Read an `.eml` file. Refused where it has no sender and no subject, and so is no e-mail."""
    message: Any = message_from_bytes(content, policy=policy.default)
    if not (message["From"] or message["Subject"]):
        raise NotAnEmail(_("This file is not an e-mail. Save the e-mail as a .eml file and choose that."))
    sender, address = parseaddr(str(message["From"] or ""))
    words = f"{message['Subject'] or ''}\n\n{body_of(message)}".strip()
    return DroppedEmail(
        words=words[:MOST_WORDS],
        name=sender[:120],
        address=address,
        sent_at=sent_at(message),
        files=[ContentFile(content, name=name), *attachments_of(message)],
    )


def sent_at(message: EmailMessage) -> datetime | None:
    """When it was sent, as it says itself; a moment without a zone is taken as UTC."""
    try:
        moment = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def body_of(message: EmailMessage) -> str:
    """The plain words, or the words of the HTML where there are no plain ones."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = part.get_content()
    except (LookupError, UnicodeDecodeError):
        text = bytes(part.get_payload(decode=True) or b"").decode("utf-8", errors="replace")
    return plain(text) if part.get_content_type() == "text/html" else str(text).strip()


def attachments_of(message: EmailMessage) -> "list[File[Any]]":
    """The files that came with it, those with something in them."""
    found: list[File[Any]] = []
    for part in message.iter_attachments():
        content = part.get_payload(decode=True) or (part.as_bytes() if part.is_multipart() else b"")
        if isinstance(content, bytes) and content:
            found.append(ContentFile(content, name=part.get_filename() or "attachment"))
    return found


class _Words(HTMLParser):
    """Keeps what a reader would see."""

    breaks = {"p", "br", "div", "li", "tr", "h1", "h2", "h3"}

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script")
        if tag in self.breaks:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def plain(html: str) -> str:
    """The words of an HTML e-mail."""
    reader = _Words()
    reader.feed(html)
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    return "\n".join(line for line in lines if line).strip()
