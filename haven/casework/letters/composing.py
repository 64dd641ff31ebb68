"""Filling a letter in, and keeping it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.cases.models import Case
from haven.casework.letters.models import Letter
from haven.casework.letters.templates import PLACEHOLDER, Template
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal


class LetterIncomplete(Refusal):
    """Something the letter says is missing, so it is not written."""


class NotInTheLetter(Refusal):
    """Something was given that the letter has no place for: it would be lost, or was meant for another."""


def compose(template: Template, values: Mapping[str, Any]) -> tuple[str, str]:
    """The subject and body, filled in. Refused: a place left empty, or a value the letter has no place for.

    What a value contains is text: a placeholder inside it is not filled in again.
    """
    missing = [name for name in sorted(template.placeholders) if not str(values.get(name) or "").strip()]
    if missing:
        raise LetterIncomplete(f"The letter still needs: {', '.join(missing).replace('_', ' ')}.")
    unknown = sorted(set(values) - template.placeholders)
    if unknown:
        raise NotInTheLetter(f"The letter has no place for: {', '.join(unknown).replace('_', ' ')}.")
    subject, body = (_filled(text, values) for text in (template.subject, template.text))
    return " ".join(subject.split()), body


def _filled(text: str, values: Mapping[str, Any]) -> str:
    return PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


def write_letter(
    template: Template,
    values: Mapping[str, Any],
    *,
    authority_id: UUID,
    to_kind: str,
    by: Actor,
    at: datetime,
    case: Case | None = None,
    contact_id: UUID | None = None,
    to_name: str = "",
) -> Letter:
    """Fill the letter in and keep its exact words. Sending it is a delivery."""
    subject, body = compose(template, values)
    letter = Letter(
        authority_id=authority_id,
        case=case,
        contact_id=contact_id,
        template=template.code,
        version=template.version,
        language=template.language,
        level=template.level,
        subject=subject,
        body=body,
        sha256=fingerprint(subject, body),
        to_kind=to_kind,
        to_name=to_name,
        written_by_id=by.id if by.is_user else None,
        written_at=at,
    )
    letter.save(force_insert=True)
    return letter


def fingerprint(subject: str, body: str) -> str:
    """SHA-256 of the letter's bytes: subject, an empty line, body."""
    return hashlib.sha256(f"{subject}\n\n{body}".encode()).hexdigest()
