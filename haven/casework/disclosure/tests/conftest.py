"""What the tests of disclosure share: a folder for files, Samira the guardian, Maud who lives in the same home."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from haven.casework.access.models import Authority
from haven.casework.cases.casework import involve, link
from haven.casework.cases.models import Case
from haven.casework.disclosure.sharing import add_recipient, start_writing, write_part
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.letters.models import Writing
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, actor_of_user, make_case, make_user


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.HAVEN_FILES = tmp_path
    return tmp_path


@pytest.fixture
def samira(authority: Authority) -> Actor:
    """The information governance officer."""
    return actor_of_user(make_user("Samira Mithal", authority, "information_governance_officer"))


@pytest.fixture
def maud(case: Case, authority: Authority, teams: Teams) -> Person:
    """Another resident, adult of a linked case of the same incident."""
    maud = add_person(at=FRIDAY, given_name="Maud", family_name="Pettifer")
    link(case, make_case(authority, teams.north, maud), kind="same_incident", at=FRIDAY)
    return maud


@pytest.fixture
def with_kevin(case: Case, kevin: Person) -> Case:
    """Joan's case, in which Kevin is alleged to have caused harm."""
    involve(case, role="alleged_source", person=kevin, at=FRIDAY, standing="alleged")
    return case


@pytest.fixture
def writing(case: Case, joan: Person, maud: Person, priya: Actor) -> Writing:
    """A summary in three parts: of what happens, of Joan, of Maud."""
    writing = start_writing(case, by=priya, at=TUESDAY)
    who = {"by": priya, "at": TUESDAY}
    write_part(writing, heading="Where it has got to", text="We are making enquiries.", level="receipt", **who)
    write_part(writing, heading="What was found", text="Joan is safe at home.", about=[joan], **who)
    write_part(writing, heading="The other resident", text="Maud was in the room.", about=[maud], **who)
    return writing


@pytest.fixture
def to(writing: Writing, priya: Actor) -> Callable[..., Any]:
    """Adds a recipient: `to("agency", "Eastmere Police")`."""

    def added(kind: str, name: str, **facts: Any) -> Any:
        given = {"level": "outcome", "channel": "email", "address": f"{kind}@example.org", **facts}
        return add_recipient(writing, kind=kind, name=name, by=priya, at=TUESDAY, **given)

    return added


@pytest.fixture
def keep(case: Case, authority: Authority, priya: Actor) -> Callable[..., Document]:
    """Keeps a file of the case: `keep(b"…", "letter.txt")`."""

    def kept(content: bytes, name: str, **facts: Any) -> Document:
        where = {"authority_id": authority.pk, "case": case, "by": priya, "at": FRIDAY}
        return keep_document(ContentFile(content, name=name), **where, **facts)

    return kept
