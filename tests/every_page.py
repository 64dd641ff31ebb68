"""A sample of every page: who opens it, at what address. Cases are found by asking, for a step opens only when due."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import signing
from django.urls import get_resolver, reverse
from django.utils import timezone
from every_account_page import AccountPages, Sample
from every_protected_page import ProtectedPages
from giving import given_of

from haven.casework.access.actors import actor_for
from haven.casework.access.models import CaseRelationship, Conflict, User
from haven.casework.cases.models import Case, CaseNote
from haven.casework.contacts.models import Contact
from haven.casework.measures.registry import MEASURES
from haven.casework.operations.actor import Actor
from haven.casework.watch.declared import BREAK_GLASS
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.kept_reports import seal_report
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.sealed import REPORT_MET
from haven.casework.watch.ties import tie
from haven.lib.calendar import day_of
from haven.pathways.adults import operations as adults
from haven.pathways.adults.codes import ALSO_TELL
from haven.pathways.adults.forms.public.steps import PAGES
from haven.pathways.adults.models import Concern, Enquiry, SafeguardingPlan
from haven.pathways.adults.views.professional import RECEIPT_SALT
from haven.pathways.adults.views.public.receipts import SALT
from haven.project.bench.typing_in import typed_report
from haven.project.management.commands.routes import addresses
from haven.project.testing.people import SignedIn, make_user, signed_in

NOT_PAGES = {
    "healthz": "a probe",
    "readyz": "a probe",
    "metrics": "figures for a watching system",
    "fetch-pack": "a file",
    "pack-words": "asks for the second factor first: haven/casework/desk/tests/test_continuity.py",
    "front": "leads to somebody's first page",
    "claim-report": "a button",
    "finish-task": "a button",
    "add-attempt": "a button",
    "untie-from-case": "a button",
    "open-in-triage": "a button",
    "open-strip": "a button",
    "end-emergency": "a button",
    "emergency": "asks for the second factor first: tests/test_passing_pages_browser.py",
    "report-file": "a file",
    "looks-copy": "a file",
    "professional-receipt-pdf": "a file",
    "public-close": "leads away from the site",
    "save-document": "a file",
    "remove-part": "a button",
    "remove-recipient": "a button",
    "make-renditions": "a button",
    "send-renditions": "a button",
    "rendition-pdf": "a file",
    "approval-file": "a file",
    "mark-protected": "a button",
    "remove-mark": "a button",
    "make-redacted-copy": "a button",
    "redacted-copy-page": "a picture",
    "redacted-copy-file": "a file",
    "make-pack": "a button",
    "give-pack": "a file",
    "case-copy-pdf": "a file",
    "account_set_password": "an account has a password from the start: tests/test_passing_pages_browser.py",
    "account_reset_password_from_key": "opens by a link sent by e-mail: tests/test_passing_pages_browser.py",
    "account_reauthenticate": "leads to proving the second step, which proves more",
    "account_inactive": "a disabled account is answered as a wrong password is",
    "mfa_authenticate": "in the middle of signing in: tests/test_accounts_browser.py",
    "mfa_reauthenticate_webauthn": "there is a passkey: tests/test_accounts_browser.py",
    "mfa_download_recovery_codes": "a file",
    "mfa_remove_webauthn": "there is a passkey: tests/test_passing_pages_browser.py",
    "mfa_edit_webauthn": "there is a passkey: tests/test_passing_pages_browser.py",
    "mfa_login_webauthn": "a passkey's question and answer",
    "end-session": "a button",
    "end-other-sessions": "a button",
    "screen": "says how long until the screen locks",
    "ask-restoring": "opens only to who is suspended: tests/test_accounts_browser.py",
    "openid_connect_login": "leads to a council's own sign-in",
    "openid_connect_callback": "leads back from it",
    "saml_login": "leads to a council's own sign-in",
    "saml_acs": "leads back from it",
    "saml_finish_acs": "leads back from it",
    "saml_sls": "leads back from it",
    "saml_metadata": "a file",
    "administration": "leads to the administrator's first page",
    "restore-account": "a button",
    "revoke-invitation": "a button",
    "renew-invitation": "a button",
    "end-role": "a button",
    "enable-account": "a button",
    "end-account-sessions": "a button",
    "forget-second-step": "a button",
}
"""Addresses that show no page of their own to the people here, and what they are instead."""


KINDS = ("for the public", "a step of a case", "at the desk")


def kind_of(path: str) -> str:
    """Which of the kinds of page an address is; each address is of one."""
    if "authority>" in path:
        return "for the public"
    return "a step of a case" if path.startswith("adults/") else "at the desk"


def pages(kind: str) -> set[str]:
    """The names of the addresses of this kind that show a page."""
    named = {name for path, name, _ in addresses(get_resolver()) if kind_of(path) == kind}
    return named - set(NOT_PAGES)


def _of_giving(*wanted: str, of_case: bool = True) -> Any:
    """The sample of a page about something that is given to people outside."""

    def samples(council: "Council", name: str) -> Iterator[Sample]:
        given = council.given
        ids = [given[each].pk for each in wanted]
        yield Sample(name, reverse(name, args=[given["case"].reference, *ids] if of_case else ids), council.head)

    return samples


@dataclass
class Council(ProtectedPages, AccountPages):
    """A seeded authority and its head of service, who may open every case and take every step."""

    head: User = field(init=False)
    browser: SignedIn = field(init=False)
    actor: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.head = User.objects.get(persona="head_of_service")
        self.head.set_password("Not a real password")
        self.head.save(update_fields=["password"])
        self.actor = actor_for(self.head, timezone.now())
        self.authority = self.head.memberships.get().authority
        self.browser = signed_in(self.head)
        self.administrator = make_user("Linh Vi-Du", self.authority, "authority_administrator")
        self.operator = make_user("Marek Probnik", self.authority, "platform_operator")

    def cases(self) -> list[Case]:
        """Its open cases, newest first, then a few closed ones."""
        own = Case.objects.filter(authority=self.authority, restriction="open").order_by("-opened_at")
        return [*own.open(), *own.exclude(closed_at=None)[:3]]

    def get_ready(self) -> None:
        """What seeding leaves out: a hold, a pause, a decision that waits for a second person, a picture."""
        now = timezone.now()
        begun = (
            Enquiry.objects.running().filter(case__authority=self.authority, concluded_at=None).select_related("case")
        )
        RecoveryCodes.activate(self.head)
        held, paused = begun.order_by("-begun_at")[:2]
        adults.set_police_hold(held.case, words="Do not speak with the son.", officer="PC Test", by=self.actor, at=now)
        adults.pause_enquiry(paused, reason="hospital", by=self.actor, at=now)
        self._decline(now)

    def _decline(self, now: Any) -> None:
        """Somebody else declined a concern that needs a second person."""
        manager = User.objects.filter(memberships__role="manager", memberships__authority=self.authority)[0]
        by = actor_for(manager, now)
        concern = (
            Concern.objects.undecided().filter(case__authority=self.authority).select_related("case", "contact")[0]
        )
        Concern.objects.filter(pk=concern.pk).update(self_neglect=True, heard=False, not_heard_because="not_reached")
        concern.refresh_from_db()
        if concern.contact.children_present is not False:
            adults.tell_also(concern, line="childrens_mash", not_needed_because="No child there.", by=by, at=now)
        limbs = {"needs": ("yes", "Frail."), "abuse": ("yes", "Seen."), "protect": ("no", "Has help.")}
        adults.answer_limbs(concern, **limbs, by=self.actor, at=now)
        declined = {"outcome": "not_an_enquiry", "destination": "advice", "reasons": "Help is in place."}
        adults.decide_concern(concern, **declined, by=by, at=now)

    def samples(self, kind: str) -> Iterator[Sample]:
        """Of every address of this kind that shows a page."""
        self.get_ready()
        for path, name, pattern in addresses(get_resolver()):
            if name not in NOT_PAGES and kind_of(path) == kind:
                yield from self.of(name, path, pattern.callback.declared.roles)

    def of(self, name: str, path: str, roles: tuple[str, ...]) -> Iterator[Sample]:
        """The samples of one address: our own choice, the council's, or the first case or report on which it opens."""
        own = getattr(self, f"pages_of_{name.replace('-', '_')}", None)
        user = None if roles == ("public",) else self.head
        if own is not None:
            yield from own(name)
        elif "authority" in path:
            yield Sample(name, reverse(name, args=[self.authority.code]))
        elif "reference" in path:
            yield self.first_that_opens(name, [[record.reference] for record in self.records(path)])
        else:
            yield Sample(name, reverse(name), user)

    def records(self, path: str) -> list[Any]:
        """The reports or the cases that an address may be about."""
        return list(self.reports()) if path.startswith("reports/") else self.cases()

    def reports(self) -> Any:
        return Contact.objects.filter(authority=self.authority).waiting().order_by("-received_at")

    def first_that_opens(self, name: str, choices: list[list[Any]]) -> Sample:
        """The first of these on which the page opens for the head of service."""
        found = (reverse(name, args=args) for args in choices)
        path = next((path for path in found if self.browser.get(path).status_code == 200), None)
        assert path, f"{name} opens on none of {len(choices)} records: give it a sample"
        return Sample(name, path, self.head)

    def pages_of_quality_cases(self, name: str) -> Iterator[Sample]:
        for rule in ("two_addresses", "task_of_nobody", "report_without_case"):
            yield Sample(name, reverse(name, args=[rule]), self.head)

    def pages_of_supersede_case_note(self, name: str) -> Iterator[Sample]:
        notes = CaseNote.objects.filter(case__in=self.cases(), superseded_by=None, attempt=False).select_related("case")
        yield self.first_that_opens(name, [[note.case.reference, note.pk] for note in notes])

    def pages_of_person(self, name: str) -> Iterator[Sample]:
        yield self.first_that_opens(name, [[case.person_id] for case in self.cases()])

    def pages_of_figure_cases(self, name: str) -> Iterator[Sample]:
        yield self.first_that_opens(name, [[measure, "all"] for measure in MEASURES])

    def pages_of_decide_alert(self, name: str) -> Iterator[Sample]:
        """About the guardian, so that it is the head of service's to decide."""
        case = self.cases()[0]
        ids = {"reader_id": self.guardian.pk, "case_id": case.pk, "authority_id": self.authority.pk}
        by, codes = Actor.job("watch"), {"reason": "immediate_danger"}
        alert = raise_alert(BREAK_GLASS, key="sample", by=by, at=timezone.now(), codes=codes, **ids)
        assert alert is not None
        yield Sample(name, reverse(name, args=[alert.pk]), self.head)

    @property
    def guardian(self) -> User:
        """Who follows who looked at what."""
        return User.objects.get(persona="information_governance_officer")

    def pages_of_find_looks(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name), self.guardian)

    def pages_of_case_looks(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.cases()[0].reference]), self.guardian)

    def pages_of_person_looks(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.cases()[0].person_id]), self.guardian)

    pages_of_writing = pages_of_write_part = pages_of_add_recipient = _of_giving("writing")
    pages_of_change_part = _of_giving("writing", "part")
    pages_of_decide_approval = _of_giving("approval", of_case=False)
    pages_of_lift_label = _of_giving("excerpt")
    pages_of_case_document = _of_giving("document")
    pages_of_redacted_copy = _of_giving("copy")
    pages_of_pack = _of_giving("pack")
    pages_of_answer_item = _of_giving("pack", "item")

    @cached_property
    def given(self) -> dict[str, Any]:
        """Something of each kind that is given to people outside, of one case of the head of service."""
        return given_of(self.cases()[0], actor_for(self.head, timezone.now()))

    def kept_case(self) -> Case:
        """A case that the head of service keeps."""
        case = Case.objects.filter(authority=self.authority, restriction="restricted", worker=self.head).first()
        if case is None:
            case, now = self.cases()[1], timezone.now()
            Case.objects.filter(pk=case.pk).update(worker=self.head)
            case.refresh_from_db()
            review_on = day_of(now + timedelta(days=28))
            given = {"because": "other", "words": "To be shown.", "keepers": [self.head], "review_on": review_on}
            keep_case(case, restriction="restricted", by=self.actor, at=now, **given)
        return case

    def pages_of_lift_case(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.kept_case().reference]), self.head)

    pages_of_name_on_case = pages_of_lift_case

    def kept_report(self) -> Contact:
        """A report that the head of service keeps, and one that may be about a kept case."""
        report = self.reports().exclude(keepings=None).first()
        if report is None:
            report = self.reports()[0]
            given = {"because": "other", "words": "To be shown.", "keeper": self.head}
            seal_report(report, by=self.actor, at=timezone.now(), **given)
        return report

    def pages_of_unseal_report(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.kept_report().reference]), self.head)

    def pages_of_take_over(self, name: str) -> Iterator[Sample]:
        ids = {"case_id": self.kept_case().pk, "contact_id": self.reports()[1].pk, "authority_id": self.authority.pk}
        by, codes = Actor.job("watch"), {"report": self.reports()[1].reference}
        alert = raise_alert(
            REPORT_MET, key="taken", also_for=self.head, by=by, at=timezone.now(), codes=codes, **ids
        )  # fmt: skip
        assert alert is not None
        yield Sample(name, reverse(name, args=[alert.pk]), self.head)

    def a_conflict(self, user: User) -> Conflict:
        """Somebody's, with the adult of a case that is closed."""
        person = Case.objects.filter(authority=self.authority).exclude(closed_at=None)[0].person
        facts = {"authority": self.authority, "from_at": timezone.now()}
        return Conflict.objects.get_or_create(user=user, person=person, ground="other", defaults=facts)[0]

    def pages_of_end_conflict(self, name: str) -> Iterator[Sample]:
        colleague = User.objects.get(persona="learning_officer")
        yield Sample(name, reverse(name, args=[self.a_conflict(colleague).pk]), self.head)

    def pages_of_challenge_conflict(self, name: str) -> Iterator[Sample]:
        learner = User.objects.get(persona="learning_officer")
        yield Sample(name, reverse(name, args=[self.a_conflict(learner).pk]), learner)

    def pages_of_advocacy(self, name: str) -> Iterator[Sample]:
        """With one case whose plan runs."""
        plan = SafeguardingPlan.objects.filter(
            case__authority=self.authority, ended_at=None, case__closed_at=None, case__restriction="open"
        )
        case, advocate = plan[0].case, User.objects.get(persona="advocate")
        if not CaseRelationship.objects.filter(case=case, user=advocate).exists():
            until_on = day_of(timezone.now() + timedelta(days=90))
            tie(case, user=advocate, kind="advocate", until_on=until_on, by=self.actor, at=timezone.now())
        yield Sample(name, reverse(name, args=[case.reference] if name == "advocate-case" else []), advocate)

    pages_of_advocate_case = pages_of_advocacy

    def pages_of_out_of_hours(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name), User.objects.get(persona="out_of_hours_worker"))

    def pages_of_tell_report(self, name: str) -> Iterator[Sample]:
        choices = [[report.reference, line.code] for report in self.reports() for line in ALSO_TELL]
        yield self.first_that_opens(name, choices)

    def pages_of_public_step(self, name: str) -> Iterator[Sample]:
        """Every page of questions, as somebody sees it who has typed in all of them."""
        typed = typed_report(self.authority, timezone.now())
        for step in PAGES:
            yield Sample(name, reverse(name, args=[self.authority.code, step]), None, (typed,))

    def pages_of_public_check(self, name: str) -> Iterator[Sample]:
        typed = typed_report(self.authority, timezone.now())
        yield Sample(name, reverse(name, args=[self.authority.code]), None, (typed,))

    pages_of_public_saved = pages_of_public_forget = pages_of_public_check

    def pages_of_public_receipt(self, name: str) -> Iterator[Sample]:
        token = signing.dumps(self.reports()[0].pk.hex, salt=SALT)
        yield Sample(name, reverse(name, args=[self.authority.code, token]))

    pages_of_public_receipt_print = pages_of_public_receipt

    def pages_of_professional_receipt(self, name: str) -> Iterator[Sample]:
        token = signing.dumps(str(self.reports()[0].pk), salt=RECEIPT_SALT)
        yield Sample(name, reverse(name, args=[self.authority.code, token]))
