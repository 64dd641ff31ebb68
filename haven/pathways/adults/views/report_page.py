"""What the page of a report shows, gathered in a fixed number of statements."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.access.reading import show, show_ids
from haven.casework.access.roles import DUTY
from haven.casework.cases.models import Case
from haven.casework.contacts.codes import CHANNELS, DANGERS, IDENTITIES
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.messages import Message
from haven.casework.contacts.models import Contact
from haven.casework.desk.duty import age_in_words
from haven.casework.desk.loading import actor_of
from haven.casework.desk.masking import protected_shown
from haven.casework.desk.protected import REASONS, Kept, kept_of
from haven.casework.desk.timeline import sentence_of
from haven.casework.documents.models import Document
from haven.casework.events.recording import history_of
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.casework.watch.kept_reports import standing_on
from haven.design.moments import day_in_words, moment_in_words
from haven.pathways.adults.codes import LOCATIONS, SOURCES, label
from haven.pathways.adults.forms.professional import REFUGE
from haven.pathways.adults.models.known import Known, known_people
from haven.pathways.adults.operations.telling import lines_to_tell


class TakenOn(Refusal):
    """Its keeper has the report; the desk is told this and nothing else."""


SAFE_WAYS = {"ring": _("ring"), "message": _("leave a message"), "text": _("text"), "email": _("e-mail")}
FIRST_WORDS = {"what_happened": "What happened", "worry": "What is worrying them", "worries": "What is worrying them"}


def posted(request: HttpRequest) -> Any:
    """What was sent, even where nothing was filled in; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def load_report(request: HttpRequest, reference: str) -> Contact:
    """The report, for a reader who may see it; opening it is triage, and says so by itself (PR-24)."""
    seen = Contact.objects.readable_by(actor_of(request))
    related = ("referrer", "claimed_by", "entered_by", "authority", "merged_into", "outcome", "message_box")
    waits = Subquery(Message.objects.filter(contact=OuterRef("pk")).unanswered().values("written_at")[:1])
    found = seen.select_related(*related).prefetch_related("adults__case").annotate(waits_since=waits)
    contact = found.filter(reference=reference.upper()).first()
    if contact is None:
        raise missing(actor_of(request), reference.upper())
    request.read_reason = f"triage of {contact.reference}"  # type: ignore[attr-defined]
    show(request, contact)
    return contact


def missing(actor: Actor, reference: str) -> Refusal:
    """Not there; to whoever is on duty, that it was taken on, where its keeper took it from the desk (PR-05)."""
    desks = [pk for pk, role in actor.roles_at if role in DUTY]
    kept = KeptReport.objects.filter(contact__reference=reference, authority_id__in=desks, taken_over=True)
    concerned = Q(contact__conflicts__user=actor.id, contact__conflicts__ended_at=None)
    with wall.lifted("the desk is told that its keeper took a report on, by its reference alone"):
        taken = bool(desks) and kept.filter(lifted_at=None).exclude(concerned).exists()
    if taken:
        return TakenOn(
            _("%(reference)s was taken on. There is nothing more to do at the desk.") % {"reference": reference}
        )
    return NotAllowed("We could not find that page.")


def known_to(request: HttpRequest, contact: Contact) -> dict[UUID, list[Known]]:
    """Who its adults may be, for those on duty while nobody has decided; each one shown is in the read record."""
    if not (contact.is_waiting and is_on_duty(request, contact)):
        return {}
    known = known_people(contact, actor_of(request))
    people = [each for found in known.values() for each in found]
    show(request, *(each.person for each in people))
    show_ids(request, "case", [earlier.case_id for each in people for earlier in each.earlier])
    return known


def is_on_duty(request: HttpRequest, contact: Contact) -> bool:
    """The reader stands duty for the report's authority; whoever only keyed it sees what they keyed."""
    return actor_of(request).has_role_at(contact.authority_id, *DUTY)


def page_of(request: HttpRequest, contact: Contact) -> dict[str, Any]:
    """Everything of one report."""
    known, on_duty = known_to(request, contact), is_on_duty(request, contact)
    became = became_of(request, contact)
    return {
        **as_told(contact),
        "sealed": standing_on(contact) if contact.claimed_by_id else None,
        "on_duty": on_duty,
        "mine": contact.claimed_by_id == actor_of(request).id,
        "adults": [adult_of(contact, adult, known.get(adult.pk, []), became) for adult in contact.adults.all()],
        "lines": lines_to_tell(contact) if on_duty else [],
        "kept": kept_in(request, contact),
        "reasons": REASONS,
    }


def kept_in(request: HttpRequest, contact: Contact) -> list[Kept]:
    """What is protected of the report, as far as the reader may be shown it; the case it became gives the right to."""
    values, actor = [each for each in protected_shown(request) if each.contact_id == contact.pk], actor_of(request)
    case = Case.objects.visible_to(actor).filter(reported_in__contact=contact).first() if values else None
    return kept_of(values, case, actor, timezone.now())


def as_told(contact: Contact) -> dict[str, Any]:
    """What is the same for everybody who may open it."""
    return {
        "contact": contact,
        "has_box": hasattr(contact, "message_box"),
        "waits_since": getattr(contact, "waits_since", None),
        "receipt": receipt_of(contact),
        "missing": contact.answers.get("missing", []),
        "referrer": referrer_rows(contact),
        "documents": list(Document.objects.about(contact_id=contact.pk).order_by("added_at")),
        "looks": list(contact.looks.select_related("by").order_by("-at")),
        "history": history_rows(contact),
        "facts": facts_of(contact),
    }


def became_of(request: HttpRequest, contact: Contact) -> set[UUID]:
    """The cases it became that the reader may open; the page names no other."""
    ids = [adult.case_id for adult in contact.adults.all() if adult.case_id]
    seen = Case.objects.visible_to(actor_of(request)).filter(pk__in=ids) if ids else Case.objects.none()
    found = set(seen.values_list("pk", flat=True))
    show_ids(request, "case", found)
    return found


def adult_of(contact: Contact, adult: Any, known: list[Known], became: set[UUID]) -> dict[str, Any]:
    """One adult as reported, whom they may be, and the case it became."""
    where = [adult.whereabouts, adult.postcode, _("no fixed address") if adult.no_fixed_address else ""]
    return {
        "adult": adult,
        "case": adult.case if adult.case_id in became else None,
        "age": age_in_words(adult, contact.received_at),
        "where": ", ".join(part for part in where if part),
        "known": known,
    }


def facts_of(contact: Contact) -> list[tuple[str, Any]]:
    """The strip under the heading."""
    setting = label(LOCATIONS, contact.setting_code)
    return [
        (_("Came by"), CHANNELS.get(contact.channel, contact.channel)),
        (_("In danger now?"), DANGERS.get(contact.immediate_danger, "")),
        (_("Where now"), dict([REFUGE]).get(contact.setting_code) or setting or _("Not known")),
        (_("State"), contact.get_state_display()),
    ]


def referrer_rows(contact: Contact) -> list[tuple[str, Any]]:
    """Who told us and how they may be reached; what was not given is left out."""
    told = contact.referrer
    source = label(SOURCES, told.source_code) + (f": {told.source_reason}" if told.source_reason else "")
    rows = [
        (_("Who"), told.called()),
        (_("They are"), source),
        (_("Role"), told.role),
        (_("Knows the adult as"), told.relationship),
        (_("Telephone"), told.telephone),
        (_("E-mail"), told.email),
        (_("Safe to"), ", ".join(str(SAFE_WAYS.get(way, way)) for way in told.safe_ways)),
        (_("Their name"), IDENTITIES[told.identity] if told.identity != "use" else ""),
        (_("Their reference"), told.their_reference),
        (_("To be told what happens"), _("Yes") if told.wants_feedback else _("No")),
        (_("Entered by"), contact.entered_by.name if contact.entered_by else ""),
    ]
    return [row for row in rows if row[1]]


def receipt_of(contact: Contact) -> list[Any]:
    """The receipt as typed: sections of questions and answers, whatever form it came by."""
    answers = contact.answers
    if "receipt" in answers:
        return answers["receipt"]
    if "asked" in answers:
        return [["", [[row["question"], row["answer"]] for row in answers["asked"]]]]
    rows = [[FIRST_WORDS.get(name, name.replace("_", " ").capitalize()), value] for name, value in answers.items()]
    return [["", [row for row in rows if isinstance(row[1], (str, int)) and row[1] != ""]]]


def text_of(contact: Contact) -> str:
    """The report as one block of plain text, to paste into another system.

    Of somebody who asked not to be named it holds neither the words nor who they are: a worker writes the outgoing
    version (PR-23).
    """
    adults = [f"{_('The adult')}: {', '.join(filter(None, _said_of(adult)))}" for adult in contact.adults.all()]
    told, words = _as_it_stands(contact) if contact.referrer.identity == "use" else _unnamed()
    head = [f"{_('Report')} {contact.reference}", f"{_('Received')}: {moment_in_words(contact.received_at)}"]
    return "\n".join([*head, *adults, "", *words, _("Who told us").upper(), *told])


def _as_it_stands(contact: Contact) -> tuple[list[str], list[str]]:
    told = [f"{name}: {value}" for name, value in referrer_rows(contact)]
    return told, [line for title, rows in receipt_of(contact) for line in _section(title, rows)]


def _unnamed() -> tuple[list[str], list[str]]:
    words = _("What they wrote is not copied. Write it in your own words: leave out shifts, dates, rooms and phrases "
              "that only one person would know.")  # fmt: skip
    return [str(_("Somebody who asked not to be named."))], [str(words), ""]


def _said_of(adult: Any) -> list[str]:
    return [adult.named, day_in_words(adult.date_of_birth), adult.whereabouts, adult.postcode, adult.description]


def _section(title: str, rows: list[Any]) -> list[str]:
    return [*([title.upper()] if title else []), *(f"{question}: {answer}" for question, answer in rows), ""]


def history_rows(contact: Contact) -> list[dict[str, Any]]:
    """What has happened to the report, newest first, in sentences."""
    events = history_of("contacts.contact", contact.pk, limit=50)
    wanted = {event.actor_id for event in events if event.actor_kind == "user"}
    names = dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return [{"title": sentence_of(event, names, contact.pathway), "when": event.at} for event in events]
