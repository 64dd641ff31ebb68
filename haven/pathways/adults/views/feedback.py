"""Telling those who told us: how much is worked out, the letter is read, then it is sent or held back (PR-21)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import ask
from haven.casework.letters.composing import compose, fingerprint
from haven.casework.operations.refusals import Refusal
from haven.pathways.adults import operations
from haven.pathways.adults.codes import FEEDBACK_LEVELS, HELD_REASONS, label
from haven.pathways.adults.forms.closing import HoldFeedback, SendFeedback
from haven.pathways.adults.operations.feedback import feedback_letter, safe_address
from haven.pathways.adults.operations.levels import Allowed, level_allowed, receipt_only_because
from haven.pathways.adults.panels.known import known_of
from haven.pathways.adults.panels.telling import untold
from haven.pathways.adults.views.stepping import (
    asked,
    nothing_to_do,
    onward,
    opened,
    posted,
    surroundings,
    uuid_or_none,
)

PAGE = "adults/send_feedback.html"
WRITTEN = ("email", "letter")


@dataclass
class Telling:
    """What may be said to one referrer now, to what address, and the letter as it would leave."""

    contact: Contact
    allowed: Allowed
    how: str = ""
    address: str = ""
    unsafe: str = ""
    subject: str = ""
    body: str = ""

    @property
    def may_be_told(self) -> str:
        """The highest level, in words."""
        return label(FEEDBACK_LEVELS, self.allowed.level)

    @property
    def because(self) -> str:
        """Why no more, where a hold or closeness to the alleged source limits it."""
        return label(HELD_REASONS, self.allowed.because)

    @property
    def seen(self) -> str:
        """The fingerprint of the letter shown, so that only what was read is sent."""
        return fingerprint(self.subject, self.body) if self.body else ""


def send_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell somebody who told us, after reading the letter that leaves."""
    case = opened(request, reference, "send_feedback")
    contacts = reports_of(request, case)
    telling = _telling(request, case, contacts)
    if telling is None:
        return nothing_to_do(request, case, _("There is nobody to tell."))
    form = SendFeedback(posted(request), contacts=contacts, initial=_proposed(telling))
    if request.method == "POST" and not _has_been_read(request, telling):
        return _read_first(request, case, form, telling)
    run = partial(operations.send_feedback, case)
    return asked(request, case, form, run, done=_("Told."), to=onward, template=PAGE, telling=telling)


def _read_first(request: HttpRequest, case: Case, form: SendFeedback, telling: Telling) -> HttpResponse:
    """The letter as it would leave, before anything does."""
    if form.is_valid():
        form.quietly()
    page = {"telling": telling, "back": onward(case), "read_first": True, **surroundings(request, case)}
    return ask(request, form, PAGE, page)


def reports_of(request: HttpRequest, case: Case) -> Any:
    """The report the case came from and those joined to it, with who sent each."""
    found = Contact.objects.filter(Q(pk=case.contact_id) | Q(merged_into_id=case.contact_id))
    return found.select_related("referrer").order_by("received_at")


def _telling(request: HttpRequest, case: Case, contacts: Any) -> Telling | None:
    """What may be said to whom the page is about, and the letter."""
    contact = _whom(request, case, contacts)
    if contact is None:
        return None
    given = request.POST
    allowed = level_allowed(case, contact, ground=given.get("ground", ""), checked="checked" in given)
    telling = Telling(contact, allowed, how=given.get("how") or best_way(contact))
    _address(telling)
    _compose(telling, case, given.get("level") or allowed.level, given.get("words", ""))
    return telling


def _whom(request: HttpRequest, case: Case, contacts: Any) -> Contact | None:
    """The one chosen, the one asked for, or the first who still waits."""
    waiting = untold(known_of(case, actor_of(request)))
    wanted = uuid_or_none(request.POST.get("contact") or request.GET.get("which", ""))
    preferred = [
        *(each for each in contacts if each.pk == wanted),
        *(each for each in contacts if str(each.pk) in waiting),
    ]
    return next(iter([*preferred, *contacts]), None)


def best_way(contact: Contact) -> str:
    """The way they agreed to; a call where they agreed to none in writing."""
    for how in WRITTEN:
        try:
            return how if safe_address(contact, how) else ""
        except Refusal:
            continue
    return "telephone"


def address_and_letter(telling: Telling, case: Case, level: str) -> None:
    """Where a letter of this level would go, and its words."""
    _address(telling)
    _compose(telling, case, level, "")


def _address(telling: Telling) -> None:
    if telling.how not in WRITTEN:
        telling.address = telling.contact.referrer.telephone if telling.how == "telephone" else ""
        return
    try:
        telling.address = safe_address(telling.contact, telling.how)
    except Refusal as refusal:
        telling.unsafe = str(refusal)


def _compose(telling: Telling, case: Case, level: str, words: str) -> None:
    """The letter as it would leave; nothing yet where its own words are still to be written."""
    if telling.how not in WRITTEN or level not in {entry.code for entry in FEEDBACK_LEVELS}:
        return
    try:
        telling.subject, telling.body = compose(*feedback_letter(case, telling.contact, level, words.strip()))
    except Refusal:
        telling.subject, telling.body = "", ""


def _proposed(telling: Telling) -> dict[str, Any]:
    """The answers that what is known proposes."""
    return {"contact": telling.contact.pk, "level": telling.allowed.level, "how": telling.how}


def _has_been_read(request: HttpRequest, telling: Telling) -> bool:
    """Send was pressed on the very letter that was shown; a call leaves none."""
    return "preview" not in request.POST and request.POST.get("seen", "") == telling.seen


def hold_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold back feedback, with a reason."""
    case = opened(request, reference, "hold_feedback")
    contacts = reports_of(request, case)
    contact = _whom(request, case, contacts)
    if contact is None:
        return nothing_to_do(request, case, _("There is nobody to tell."))
    known = {"contact": contact.pk, "because": receipt_only_because(case, contact)}
    form = HoldFeedback(posted(request), contacts=contacts, initial=known)
    return asked(request, case, form, partial(operations.hold_feedback, case), done=_("Held back."), to=onward)
