"""Every look is written down, or there is no page (TR-06): asked of every address that shows people, files too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import get_resolver, reverse
from django.utils import timezone
from every_page import NOT_PAGES, Council, Sample, kind_of
from psycopg.conninfo import make_conninfo

from haven.casework.access.models import User
from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact, ContactPerson, Referrer
from haven.casework.desk.continuity import make_packs
from haven.casework.documents.keeping import keep_document
from haven.casework.letters.models import Rendition
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person
from haven.project.bench.database import seed_into
from haven.project.management.commands.routes import addresses
from haven.project.settings.databases import owner_url
from haven.project.testing.people import signed_in

REFERENCE = re.compile(r"\b[A-Z]{1,3}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")

NO_READS = """
CREATE FUNCTION no_reads() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$
"""


def personal() -> set[str]:
    """The names of the addresses that say they show people."""
    return {name for _, name, pattern in addresses(get_resolver()) if pattern.callback.declared.personal}


@dataclass
class Asked:
    """One way of asking for a personal address: which, where, who, and with what form."""

    name: str
    path: str
    user: User
    form: dict[str, str] | None = None
    proved: bool = False

    def answer(self) -> Any:
        browser = signed_in(self.user, proved_at=timezone.now() if self.proved else None)
        browser.raise_request_exception = False
        return browser.get(self.path) if self.form is None else browser.post(self.path, self.form)


@dataclass
class Everything:
    """The seeded council and every way of asking for what shows people."""

    council: Council = field(default_factory=Council)

    def ways(self) -> Iterator[Asked]:
        """Opening each personal page and file; sending each page's form empty, which shows the page again."""
        for sample in self.samples(personal()):
            yield self.of(sample)
            yield self.of(sample, {})
        yield from self.files()
        yield Asked("search", reverse("search"), self.council.head, {"q": self.somebody().display_name})

    def __post_init__(self) -> None:
        """Somebody besides the adult has a part in the newest cases, so that pages which name them are noticed."""
        self.council.get_ready()
        now = timezone.now()
        other = add_person(at=now, given_name="Zebedee", family_name="Nottingale")
        for case in self.council.cases()[:60]:
            involve(case, role="alleged_source", person=other, standing="alleged", at=now)

    def samples(self, names: set[str]) -> Iterator[Sample]:
        """A page of each of these addresses, opened by somebody signed in."""
        for path, name, pattern in addresses(get_resolver()):
            if name in names - set(NOT_PAGES) and kind_of(path) != "for the public":
                for sample in self.council.of(name, path, pattern.callback.declared.roles):
                    if sample.user is not None:
                        yield sample

    def of(self, sample: Sample, form: dict[str, str] | None = None) -> Asked:
        assert sample.user is not None
        return Asked(sample.name, sample.path, sample.user, form)

    def files(self) -> Iterator[Asked]:
        council, report = self.council, self.council.reports()[0]
        upload = ContentFile(b"He hits me when he drinks.", name="letter.txt")
        about = {"authority_id": council.authority.pk, "contact_id": report.pk}
        document = keep_document(upload, **about, by=council.actor, at=timezone.now())
        yield Asked("report-file", reverse("report-file", args=[report.reference, document.pk]), council.head)
        for kind in ("pdf", "csv", "xlsx"):
            path = reverse("looks-copy", args=[council.cases()[0].person_id])
            yield Asked("looks-copy", f"{path}?as={kind}", council.guardian)
        pack = make_packs(council.authority, timezone.now())[0]
        yield Asked("fetch-pack", reverse("fetch-pack", args=[pack.pk]), council.head, proved=True)
        for name, args in self.given_files():
            yield Asked(name, reverse(name, args=args), council.head)

    def given_files(self) -> Iterator[tuple[str, list[Any]]]:
        """What is given to people outside: made, or still to be made by a job, and then not there yet."""
        given = self.council.given
        reference, document, copy = given["case"].reference, given["document"], given["copy"]
        rendition = Rendition.objects.filter(recipient__writing=given["writing"])[0]
        yield "save-document", [reference, document.pk]
        yield "redacted-copy-page", [reference, copy.pk, 1]
        yield "redacted-copy-file", [reference, copy.pk, "copy"]
        yield "rendition-pdf", [reference, given["writing"].pk, rendition.pk]
        yield "approval-file", [given["approval"].pk]
        yield "give-pack", [reference, given["pack"].pk]
        yield "case-copy-pdf", [reference]

    def somebody(self) -> Person:
        return self.council.cases()[0].person


@pytest.fixture
def everything(own_database: str, db: None, settings: Any, tmp_path: Any) -> Everything:
    settings.HAVEN_FILES = tmp_path
    seed_into(own_database, cases=600, seed=3)
    return Everything()


def test_where_a_look_cannot_be_written_down_nothing_is_shown(own_database: str, everything: Everything) -> None:
    ways = list(everything.ways())
    buttons = {name for name, what in NOT_PAGES.items() if what == "a button"}
    assert personal() - buttons == {way.name for way in ways}

    with psycopg.connect(make_conninfo(owner_url(), dbname=own_database), autocommit=True) as owner:
        owner.execute(NO_READS)
        for table in ("events_read", "events_readsubject"):
            owner.execute(f"CREATE TRIGGER no_reads BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_reads()")
            assert shown_unwritten(ways, even_of_nobody=table == "events_read") == []
            owner.execute(f"DROP TRIGGER no_reads ON {table}")


def shown_unwritten(ways: list[Asked], *, even_of_nobody: bool) -> list[str]:
    """What was shown although its look could not be written: a page, or words of a record on the page that says so.

    A page that names nobody writes no subject; a full table of subjects does not stop it (not `even_of_nobody`).
    """
    wrong = []
    for way in ways:
        answer = way.answer()
        named = named_in(answer)
        page = answer.status_code not in (302, 404, 405, 409, 500, 503)
        if named or (page and even_of_nobody):
            wrong.append(f"{way.name} {'sent' if way.form is not None else 'opened'}: {answer.status_code} {named}")
    return wrong


def test_everybody_and_every_record_named_in_an_answer_stands_in_its_read(everything: Everything) -> None:
    missed: list[str] = []
    looked = 0
    for way in everything.ways():
        before = count_of_reads()
        answer = way.answer()
        if answer.status_code not in (200, 409, 422):
            continue
        reads = count_of_reads() - before
        if reads == 0 and answer.status_code == 409 and not named_in(answer):
            continue
        looked += 1
        if reads != 1:
            missed.append(f"{way.name}: {reads} reads")
            continue
        missed += [f"{way.name} ({answer.status_code}): {what}" for what in uncovered(answer)]

    assert missed == [], "\n".join(missed)
    assert looked > 80
    assert named_without_saying_so(everything) == []


def named_without_saying_so(everything: Everything) -> list[str]:
    """Addresses that do not say they show people, and yet name somebody, a case or a report."""
    others = {name for _, name, _ in addresses(get_resolver())} - personal()
    answers = ((sample.name, named_in(everything.of(sample).answer())) for sample in everything.samples(others))
    return [f"{name}: {sorted(found)[:3]}" for name, found in answers if found]


def count_of_reads() -> int:
    return int(apps.get_model("events", "Read").objects.count())


def subjects_of_last() -> dict[str, set[UUID]]:
    read = apps.get_model("events", "Read").objects.order_by("-recorded_at").first()
    subjects = apps.get_model("events", "ReadSubject").objects.filter(read_id=read.pk)
    found: dict[str, set[UUID]] = {"person": set(), "case": set(), "contact": set()}
    for kind, pk in subjects.values_list("kind", "subject_id"):
        found.setdefault(kind, set()).add(pk)
    return found


def text_of(answer: Any) -> str:
    """The answer's words: without tags, addresses, and what the reader typed; nothing of a file that is no text."""
    if not answer["Content-Type"].startswith(("text/html", "text/csv", "text/plain")):
        return ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return unescape(re.sub(r"<input[^>]*>|<[^>]+>", " ", body.decode("utf-8", "replace")))


@cache
def names_of_people(database: str) -> set[str]:
    """Full names of everybody recorded in the test's database, but for those an account also has."""
    rows = Person.objects.exclude(family_name="").exclude(given_name="")
    names = {f"{given} {family}" for given, family in rows.values_list("given_name", "family_name")}
    return names - set(User.objects.values_list("name", flat=True))


def named_in(answer: Any) -> set[str]:
    """The names and references that stand in an answer, whatever its status."""
    text = " ".join(text_of(answer).split())
    base = connection.settings_dict["NAME"]
    return {name for name in names_of_people(base) if name in text} | (set(REFERENCE.findall(text)) & references(base))


@cache
def references(database: str) -> set[str]:
    """The references of every case and report in the test's database."""
    return {reference for model in (Case, Contact) for reference in model.objects.values_list("reference", flat=True)}


def uncovered(answer: Any) -> list[str]:
    """Who and what stands in the answer and not in its read."""
    read = subjects_of_last()
    cases, contacts = Case.objects.filter(pk__in=read["case"]), Contact.objects.filter(pk__in=read["contact"])
    allowed = set(cases.values_list("reference", flat=True)) | set(contacts.values_list("reference", flat=True))
    people = Person.objects.filter(pk__in=read["person"]).values_list("given_name", "family_name")
    adults = ContactPerson.objects.filter(contact__in=contacts).values_list("given_name", "family_name")
    allowed |= {f"{given} {family}" for given, family in (*people, *adults)}
    allowed |= set(Referrer.objects.filter(contact__in=contacts).values_list("name", flat=True))
    return sorted(name for name in named_in(answer) if name not in allowed)
