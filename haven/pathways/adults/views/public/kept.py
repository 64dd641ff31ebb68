"""What somebody has typed and not sent. It lies in a draft; the browser holds only the draft's code, for two hours."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from haven.casework.access.models import Authority
from haven.casework.drafts.drafting import WhoseDraft, delete_draft, load_draft, new_code, save_draft
from haven.pathways.adults.forms.public.asking import Answers
from haven.pathways.adults.forms.public.steps import Given, answers_of

FORM = "adults.public"
TYPING = "adults.public.typing"
"""The page somebody is on, as typed so far, beside the pages they have answered: two savings at once never cross."""
COOKIE = "haven_report"
HELD_FOR = timedelta(hours=2)
"""How long a browser that was left alone can still open what was typed. After that the code does."""


@dataclass
class Kept:
    """What was typed so far, page by page, under its code. `key` makes sending it twice count once (TR-20)."""

    code: str = field(default_factory=new_code)
    key: str = field(default_factory=lambda: uuid4().hex)
    last_step: str = ""
    given: dict[str, Answers] = field(default_factory=dict)

    @property
    def known(self) -> Answers:
        """The answers that count."""
        return answers_of(self.given)


def kept_in(request: HttpRequest, authority: Authority, at: datetime) -> Kept | None:
    """What this browser was typing, if it was."""
    return kept_under(code_in(request), authority, at)


def code_in(request: HttpRequest) -> str:
    """The code this browser holds; empty where it holds none, or was left alone for two hours."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=HELD_FOR) or ""


def kept_under(code: str, authority: Authority, at: datetime) -> Kept | None:
    """What lies under a code for this authority. None does not say whether it was never there, sent or deleted."""
    try:
        draft = load_draft(form=FORM, code=code, at=at)
    except WhoseDraft:
        return None
    if draft is None or draft.data.get("authority") != authority.code:
        return None
    data = draft.data
    return Kept(code, data["key"], data["last_step"], data["given"])


def keep(kept: Kept, authority: Authority, step: str, answers: Answers, at: datetime) -> None:
    """Keep the answers of one page, in place of what was being typed into it."""
    kept.given[step], kept.last_step = answers, step
    save(kept, authority, at)
    if typing_of(kept, at)[0] == step:
        delete_draft(TYPING, code=kept.code)


def save(kept: Kept, authority: Authority, at: datetime) -> None:
    """Keep it under its code."""
    given: Given = kept.given
    data = {"authority": authority.code, "key": kept.key, "last_step": kept.last_step, "given": given}
    save_draft(form=FORM, code=kept.code, data=data, at=at)


def keep_typing(kept: Kept, step: str, sent: QueryDict, at: datetime) -> None:
    """Keep what is being typed into a page, untidy as it is."""
    typed = {name: sent.getlist(name) for name in sent if name not in ("csrfmiddlewaretoken", "keep")}
    save_draft(form=TYPING, code=kept.code, data={"step": step, "typed": typed}, at=at)


def typing_of(kept: Kept, at: datetime) -> tuple[str, QueryDict]:
    """The page that was being typed into when it was left, and what was typed; an empty name where none was."""
    draft = load_draft(form=TYPING, code=kept.code, at=at)
    typed = QueryDict(mutable=True)
    for name, values in draft.data["typed"].items() if draft else ():
        typed.setlist(name, values)
    return (draft.data["step"] if draft else ""), typed


def forget(kept: Kept) -> None:
    """Delete what was typed: it was sent, or the person asked."""
    delete_draft(FORM, TYPING, code=kept.code)


def hold(response: HttpResponse, authority: Authority, kept: Kept) -> HttpResponse:
    """Let the browser hold the code until it is closed, and open what was typed for two more hours."""
    response.set_signed_cookie(
        COOKIE,
        kept.code,
        salt=COOKIE,
        path=f"/{authority.code}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_go(response: HttpResponse, authority: Authority) -> HttpResponse:
    """Take the code away from the browser."""
    response.delete_cookie(COOKIE, path=f"/{authority.code}/", samesite="Lax")
    return response
