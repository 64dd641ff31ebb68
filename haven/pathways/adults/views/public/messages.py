"""Coming back with the number of a receipt: reading what a worker wrote, and telling us more (R-041).

Nothing of who comes is asked, kept or logged: the browser holds a signed cookie for half an hour, and no more.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.messages import Message, MessageBox
from haven.casework.contacts.messaging import box_of, tell_more
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.design.forms import posted_key
from haven.lib.ids import uuid7
from haven.pathways.adults.forms.public.sending import OpenMessages, TellMore
from haven.pathways.adults.views.public.pages import NOT_TAKEN, council_of, go, sent, shown
from haven.pathways.adults.views.public.taking import take_files
from haven.pathways.adults.views.public.tries import count_wrong, too_many_tries

COOKIE = "haven_messages"
HELD_FOR = timedelta(minutes=30)
WHAT = "wrong-number"
NOTHING_OPENS = gettext_lazy("Nothing opens with this number. Check each figure.")
TOO_MANY = gettext_lazy("Numbers that begin like this were tried too often. Wait 15 minutes, or ring us.")


def public_messages(request: HttpRequest, authority: str) -> HttpResponse:
    """Ask for the number; every wrong one gets the same answer."""
    council = council_of(request, authority)
    form = OpenMessages(sent(request))
    if request.method != "POST" or not form.is_valid():
        status = NOT_TAKEN if form.errors else 200
        return shown(request, council, "messages", status=status, form=form, not_sent=False)
    box = opened_with(form, council, timezone.now())
    if box is None:
        return shown(request, council, "messages", status=NOT_TAKEN, form=form, not_sent=False)
    return hold(go("public-conversation", council), council, box)


def opened_with(form: OpenMessages, council: Authority, at: datetime) -> MessageBox | None:
    """The box the number opens; else the form says why not, never whether there is one under a number like it."""
    number = form.cleaned_data["number"]
    if too_many_tries(council, number, WHAT):
        form.add_error("number", str(TOO_MANY))
        return None
    box = box_of(council, number)
    if box is None:
        count_wrong(council, number, WHAT)
        form.add_error("number", str(NOTHING_OPENS))
    elif box.used_at is None:
        wall.hold(box.contact_id)
        MessageBox.objects.filter(pk=box.pk, used_at=None).update(used_at=at)
    return box


def public_conversation(request: HttpRequest, authority: str) -> HttpResponse:
    """What was written both ways, and a form to tell us more."""
    council = council_of(request, authority)
    contact = contact_in(request, council)
    if contact is None:
        return go("public-messages", council)
    form = TellMore(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and told(request, contact, form, timezone.now()):
        return go("public-conversation", council)
    return conversation(request, council, contact, form)


def conversation(request: HttpRequest, council: Authority, contact: Contact, form: TellMore) -> HttpResponse:
    """The page; the key makes sending twice count once."""
    written = Message.objects.filter(contact=contact)
    page: dict[str, Any] = {"form": form, "written": written, "reference": contact.reference}
    key = posted_key(request) or uuid7()
    status = NOT_TAKEN if form.errors else 200
    return shown(request, council, "conversation", status=status, key=key, not_sent=False, **page)


def told(request: HttpRequest, contact: Contact, form: TellMore, at: datetime) -> bool:
    """Keep the words and the files, all or nothing; no where it is refused, and the form says why."""
    files, by = form.cleaned_data["evidence"], Actor.public(contact.authority_id)
    more = {"words": form.cleaned_data["words"], "files": len(files), "key": posted_key(request) or uuid7()}
    try:
        with transaction.atomic():
            message = tell_more(contact, by=by, at=at, **more)
            new = message.written_at == at
            said = take_files(contact, files, _("Sent by their number, in confidence"), by, at) if new else []
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(getattr(refusal, "field", None), str(refusal))
        return False
    notices.success(request, _("We have it. Come back with your number to see whether we have written."))
    for words in said:
        notices.warning(request, words)
    return True


def public_messages_close(request: HttpRequest, authority: str) -> HttpResponse:
    """Close the messages in this browser; the number still opens them."""
    council = council_of(request, authority)
    response = go("public-start", council)
    response.delete_cookie(COOKIE, path=path_of(council), samesite="Strict")
    return response


def contact_in(request: HttpRequest, council: Authority) -> Contact | None:
    """The report whose messages this browser has opened, while its half hour lasts."""
    held = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=HELD_FOR)
    if not held:
        return None
    wall.hold(UUID(held))
    boxed = Contact.objects.filter(authority=council, message_box__isnull=False)
    return boxed.select_related("referrer").filter(pk=UUID(held)).first()


def hold(response: HttpResponse, council: Authority, box: MessageBox) -> HttpResponse:
    """Let this browser, and only these pages, open the messages until it is closed, for half an hour at most."""
    response.set_signed_cookie(
        COOKIE, box.contact_id.hex, salt=COOKIE, path=path_of(council),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip
    return response


def path_of(council: Authority) -> str:
    """The addresses the cookie is for."""
    return f"/{council.code}/messages/"
