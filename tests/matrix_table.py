"""Every address, what it is of and whom the requirements give it to. One missing here fails: think about a new page.

Add a page with one line: its name, the kind of page, and at which stages its case stands when it opens.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from matrix_oracle import Situation
from matrix_population import CLASSES, STAGES, Record
from matrix_readers import CASEWORK, DUTY, ENTERS

from haven.casework.people.models import ProtectedValue

BOTH = ("GET", "POST")
KLASSES = (*CLASSES, "closed")
NOBODYS_CASE, NOBODYS_REPORT, NOBODYS_ID = "AS-2222-2222", "C-2222-2222", UUID(int=0x7000_8000_0000_0000_0001)
FIGURES = (*CASEWORK, "performance_analyst", "auditor", "board_manager", "board_member", "councillor",
           "information_governance_officer")  # fmt: skip
"""Who sees figures (issue "Trust" B.1: board members and councillors, figures only)."""


@dataclass(frozen=True)
class Rule:
    """What an address is of, who may come, and by which requirement.

    Of an object: `address` gives its arguments and `missing` those of one that does not exist; `posts`, who may send
    something there, where that is not the same. Of no object: `roles` may come, anywhere they hold one; none means
    everybody signed in.
    """

    kind: str
    source: str
    may: Callable[[Situation, Record], bool] | None = None
    address: Callable[[Record], list[Any] | None] = lambda _record: []
    missing: tuple[Any, ...] = ()
    stages: tuple[str, ...] = ()
    methods: tuple[str, ...] = BOTH
    posts: Callable[[Situation, Record], bool] | None = None
    roles: tuple[str, ...] = ()
    classes: tuple[str, ...] = KLASSES

    def allows(self, method: str, situation: Situation, record: Record) -> bool:
        """Whether this reader may ask this of it."""
        may = self.posts if method == "POST" and self.posts else self.may
        return method in self.methods and may is not None and may(situation, record)

    def at(self, *stages: str) -> "Rule":
        return replace(self, stages=stages)

    def only(self, *methods: str) -> "Rule":
        return replace(self, methods=methods)


def of_case(record: Record) -> list[Any] | None:
    return [record.case.reference] if record.case else None


def of_note(record: Record) -> list[Any] | None:
    return [record.case.reference, record.note.pk] if record.case and record.note else None


def of_report(record: Record) -> list[Any]:
    return [record.contact.reference]


A_CASE, A_REPORT, AN_ID = (NOBODYS_CASE,), (NOBODYS_REPORT,), (NOBODYS_ID,)
CASES = STAGES[1:]

SEES = Rule("case", "TR-02, TR-03, TR-05, PR-24", Situation.sees_case, of_case, A_CASE, CASES)
WORKS = Rule("step", "TR-02, PR-24", Situation.works, of_case, A_CASE, ("concern",))
DESK = Rule("step", "PR-24, TR-02", Situation.at_desk, of_case, A_CASE, ("concern",))
DECIDES = Rule("step", "PR-12, TR-02", Situation.decides, of_case, A_CASE, ("concern",))
REPORT = Rule("report", "PR-24, TR-02", Situation.sees_report, of_report, A_REPORT, ("waiting", "concern", "plan"))
ON_DUTY = Rule("report", "PR-24", Situation.decides_report, of_report, A_REPORT, ("waiting",))
PERSON = Rule("person", "TR-02, PR-30", Situation.sees_person, lambda r: [r.adult.pk], AN_ID, ("concern", "plan"))
ALERT = Rule("alert", "TR-04, TR-05", Situation.sees_alert, lambda r: [r.alert.pk] if r.alert else None, AN_ID,
             ("enquiry",))  # fmt: skip
TASK = Rule("task", "TR-03, TR-05", Situation.sees_task, lambda r: [r.task.pk] if r.task else None, AN_ID,
            ("enquiry",), ("POST",))  # fmt: skip

PUBLIC = Rule("public", "PR-06 to PR-10: anybody may tell us")
OF_AUTHORITY = replace(PUBLIC, address=lambda _record: ["eastmere"])
WITH_TOKEN = replace(PUBLIC, address=lambda _record: ["eastmere", "invented"])
ACCOUNT = Rule("account", "TR-33: one's own account")
BEFORE = Rule("public", "TR-33: before anybody is known")


def configures(*arguments: Any) -> Rule:
    """A page by which an authority is configured, for its administrator alone, who sees no case (B.1)."""
    return Rule(
        "configuration", "B.1: authority administrator", Situation.administers,
        lambda r: [r.desk.authority.code, *(each(r) if callable(each) else each for each in arguments)],
        ("nowhere", *(NOBODYS_ID if callable(each) else each for each in arguments)),
        ("concern",), classes=("open", "elsewhere"),
    )  # fmt: skip


def of_none(source: str, *arguments: Any, methods: tuple[str, ...] = BOTH) -> Rule:
    """Of an object that the population has none of: for everybody there is nothing there."""
    never: Callable[[Situation, Record], bool] = lambda _situation, _record: False  # noqa: E731
    return Rule("configuration", source, never, lambda _r: [*arguments], arguments, ("concern",), methods,
                classes=("open",))  # fmt: skip


def for_roles(kind: str, source: str, *roles: str) -> Rule:
    return Rule(kind, source, roles=roles)


ACCOUNTS = {
    "account": ACCOUNT, "account_login": BEFORE, "account_logout": BEFORE, "account_inactive": BEFORE,
    "account_reauthenticate": ACCOUNT, "account_change_password": ACCOUNT, "account_set_password": ACCOUNT,
    "account_reset_password": BEFORE, "account_reset_password_from_key_done": BEFORE,
    "account_reset_password_from_key": replace(BEFORE, address=lambda _record: ["a", "b-c"]),
    "account_reset_password_done": BEFORE, "mfa_index": ACCOUNT, "mfa_authenticate": BEFORE,
    "mfa_reauthenticate": ACCOUNT, "mfa_activate_totp": ACCOUNT, "mfa_deactivate_totp": ACCOUNT,
    "mfa_view_recovery_codes": ACCOUNT, "mfa_generate_recovery_codes": ACCOUNT, "mfa_download_recovery_codes": ACCOUNT,
    "mfa_list_webauthn": ACCOUNT, "mfa_add_webauthn": ACCOUNT, "mfa_reauthenticate_webauthn": ACCOUNT,
    "mfa_remove_webauthn": replace(ACCOUNT, address=lambda _record: [1]),
    "mfa_edit_webauthn": replace(ACCOUNT, address=lambda _record: [1]),
}  # fmt: skip

ACCOUNTS |= {
    "end-session": replace(ACCOUNT, address=lambda _record: [1]), "end-other-sessions": ACCOUNT,
    "keep-typing": ACCOUNT, "find-kept": ACCOUNT,
    **dict.fromkeys(("open-kept", "throw-away-kept"), replace(ACCOUNT, address=lambda _record: [NOBODYS_ID])),
    "set-up-second-step": ACCOUNT, "unlock": ACCOUNT, "screen": ACCOUNT, "ask-restoring": ACCOUNT,
    "single-sign-on": BEFORE, "mfa_login_webauthn": BEFORE,
    **dict.fromkeys(("openid_connect_login", "openid_connect_callback", "saml_acs", "saml_finish_acs", "saml_sls",
                     "saml_metadata", "saml_login", "accept-invitation"),
                    replace(BEFORE, address=lambda _record: ["invented"])),
}  # fmt: skip

SOMEBODY, ROLE = (lambda r: r.desk.worker.user_id), (lambda r: r.desk.user(r.desk.worker).memberships.get().pk)
ADMINISTRATION = {
    **dict.fromkeys(("administer-people", "invite", "screen-lock", "sign-ons"), configures()),
    "add-sign-on": configures("openid_connect"),
    **dict.fromkeys(("administer-person", "give-role", "disable-account"), configures(SOMEBODY)),
    **dict.fromkeys(("enable-account", "end-account-sessions", "forget-second-step"),
                    configures(SOMEBODY).only("POST")),
    "end-role": configures(ROLE).only("POST"),
    **dict.fromkeys(("revoke-invitation", "renew-invitation", "sign-on"),
                    of_none("B.1: authority administrator", "eastmere", NOBODYS_ID)),
    "restore-account": of_none("PR-25", NOBODYS_ID),
    **dict.fromkeys(("partners", "add-partner"), configures()),
    **dict.fromkeys(("partner", "issue-token", "partner-webhook", "partner-silence", "end-partner"),
                    of_none("B.1: authority administrator", "eastmere", NOBODYS_ID)),
    "revoke-token": of_none("B.1: authority administrator", "eastmere", NOBODYS_ID, NOBODYS_ID),
}  # fmt: skip

PROGRAM = Rule("public", "TR-14: a partner's system, known by its token alone")
OF_ITS_REPORT = replace(PROGRAM, address=lambda _record: [NOBODYS_REPORT])

OUTSIDE = {
    **dict.fromkeys(("openapi", "send-concern", "reconciliation"), PROGRAM),
    **dict.fromkeys(("concern-status", "send-file"), OF_ITS_REPORT),
    "healthz": PUBLIC, "readyz": PUBLIC, "metrics": PUBLIC, "front": PUBLIC,
    **dict.fromkeys(("professional-form", "public-start", "public-danger", "public-children", "public-work",
                     "public-help", "public-return", "public-saved", "public-close", "public-forget", "public-check",
                     "public-status", "public-speak-up", "public-messages", "public-conversation",
                     "public-messages-close"), OF_AUTHORITY),
    **dict.fromkeys(("professional-receipt", "professional-receipt-pdf", "public-receipt", "public-receipt-print",
                     "public-new-number"), WITH_TOKEN),
    "public-step": replace(PUBLIC, address=lambda _record: ["eastmere", "danger"]),
}  # fmt: skip

WATCHES = ("manager", "head_of_service", "authority_administrator", "platform_operator")
"""See to what could not leave, and to what may not have come: neither shows anybody."""

ASKS = (*CASEWORK, "information_governance_officer", "authority_administrator", "auditor")
COUNTS = ("manager", "head_of_service", "information_governance_officer", "authority_administrator", "auditor",
          "performance_analyst", "board_manager")  # fmt: skip

LISTS = {
    "outbox": for_roles("list", "TR-24", *WATCHES),
    "senders": for_roles("list", "TR-25", *WATCHES),
    "home": for_roles("list", "PR-27: one's own work"),
    "team": for_roles("list", "TR-02", *CASEWORK),
    "board": for_roles("list", "PR-28", "manager", "head_of_service"),
    "duty": for_roles("list", "PR-24, PR-27", *DUTY).only("GET"),
    "search": for_roles("list", "TR-02, PR-24", *CASEWORK),
    "guardian": for_roles("list", "TR-04, PR-05", "information_governance_officer", *CASEWORK),
    "guardian-decided": for_roles("list", "TR-04", "information_governance_officer", *CASEWORK),
    "guardian-figures": for_roles("list", "PR-26", "information_governance_officer", "head_of_service"),
    "find-looks": for_roles("list", "TR-06, C.1", "information_governance_officer"),
    "kept": for_roles("list", "TR-03, PR-05", *CASEWORK),
    "emergency": for_roles("list", "TR-04", *CASEWORK),
    "open-case": for_roles("list", "PR-24", *CASEWORK),
    "conflicts": for_roles("list", "TR-05", "manager", "head_of_service", "information_governance_officer"),
    "my-details": for_roles("list", "PR-26: one's own details"),
    "out-of-hours": for_roles("list", "R-016, R-366", "out_of_hours_worker"),
    "advocacy": for_roles("list", "R-097", "advocate"),
    "my-looks": for_roles("list", "TR-06: one's own looks"),
    "releases": for_roles("list", "TR-08", *CASEWORK),
    "approvals": for_roles("list", "TR-12", "information_governance_officer", *CASEWORK),
    "waiting": for_roles("list", "TR-16", *ASKS),
    "waiting-counts": for_roles("list", "TR-15", *COUNTS),
    "waiting-for": replace(for_roles("list", "TR-16", *ASKS), address=lambda _record: ["deliveries.dead"]),
    "waiting-files": for_roles("list", "TR-16, TR-17", "information_governance_officer", *CASEWORK),
    "messages": for_roles("list", "R-041, TR-17", *CASEWORK),
    "figures": for_roles("list", "B.1", *FIGURES),
    "figure-cases": replace(
        for_roles("list", "B.1, TR-02", *FIGURES), address=lambda _record: ["concerns_raised", "all"]
    ),
    "administration": for_roles("list", "B.1", "authority_administrator", "platform_operator"),
    "invite-administrator": for_roles("list", "B.1", "platform_operator"),
    "restoring": for_roles("list", "PR-25", "manager", "head_of_service", "authority_administrator"),
    "enter-report": for_roles("list", "PR-02", *ENTERS),
    "quality": for_roles(
        "list",
        "TR-38",
        "manager",
        "head_of_service",
        "performance_analyst",
        "authority_administrator",
        "platform_operator",
    ),
    "quality-cases": replace(
        for_roles("list", "TR-38, TR-02", "manager", "head_of_service"), address=lambda _record: ["no_address"]
    ),
    "continuity": for_roles("list", "TR-36", *CASEWORK),
}


def within(*arguments: Any) -> Rule:
    """Of something in a case, of which the population's have none: nothing there, whoever asks, and for who may not see
    the case no other answer than for a case that is not there."""
    return replace(
        NOTHING, address=lambda r: [r.case.reference, *arguments] if r.case else None, missing=(*A_CASE, *arguments)
    )


def of_person(record: Record) -> list[Any] | None:
    return [record.case.reference, record.adult.pk] if record.case else None


def of_paper(record: Record) -> list[Any] | None:
    return [record.case.reference, record.paper.pk] if record.case and record.paper else None


def of_value(record: Record) -> list[Any] | None:
    value = ProtectedValue.objects.filter(person=record.adult, kind="address").first()
    return [record.case.reference, value.pk] if record.case and value else None


NOTES = replace(WORKS, may=Situation.notes)
NOTHING = replace(WORKS, may=lambda _situation, _record: False, source="TR-03")
GIVES = replace(WORKS, may=Situation.reads_or_discloses, source="TR-02, TR-10, TR-13")

RECORDS = {
    **dict.fromkeys(("case", "case-timeline", "case-summary", "case-copy"), SEES),
    "add-case-note": NOTES.at("concern", "plan"),
    "add-attempt": NOTES.only("POST"),
    "case-readers": SEES.at("plan").only("GET"),
    **dict.fromkeys(("tie-to-case", "keep-case", "lift-case", "name-on-case", "record-conflict"),
                    replace(WORKS, may=Situation.keeps, source="PR-05, TR-02")),
    "untie-from-case": within(NOBODYS_ID),
    "know-person": replace(WORKS, may=Situation.reads, source="PR-26: I know this person"),
    **dict.fromkeys(("seal-report", "record-report-conflict"), replace(ON_DUTY, classes=tuple(CLASSES))),
    "know-reported": replace(REPORT.at("waiting"), classes=tuple(CLASSES)),
    **dict.fromkeys(("unseal-report", "report-messages", "settle-messages"),
                    replace(NOTHING, address=of_report, missing=A_REPORT, stages=("waiting",))),
    "decide-file": of_none("TR-17", NOBODYS_ID),
    "open-in-triage": replace(NOTHING, address=lambda r: [r.contact.reference, NOBODYS_ID],
                              missing=(*A_REPORT, *AN_ID)),
    **dict.fromkeys(("fetch-pack", "pack-words"), of_none("TR-36, TR-05", NOBODYS_ID)),
    **dict.fromkeys(("take-over", "end-emergency", "open-strip", "end-conflict", "challenge-conflict"),
                    of_none("PR-05, TR-04, TR-05", NOBODYS_ID)),
    "supersede-case-note": replace(WORKS, address=of_note, missing=(*A_CASE, *AN_ID)),
    "person": PERSON,
    **dict.fromkeys(("record-address", "record-number", "record-home-entry", "former-names"),
                    replace(WORKS, address=of_person, missing=(*A_CASE, *AN_ID))),
    "visit-sheet": WORKS,
    "reveal": replace(WORKS, address=of_value, missing=(*A_CASE, *AN_ID), source="PR-24, TR-07"),
    "end-protection": replace(DECIDES, address=of_value, missing=(*A_CASE, *AN_ID), source="PR-22"),
    "reveal-of-report": replace(NOTHING, address=lambda r: [r.contact.reference, NOBODYS_ID],
                                missing=(*A_REPORT, *AN_ID)),
    "release": of_none("TR-08", NOBODYS_ID),
    "advocate-case": replace(WORKS, may=Situation.speaks_for, source="R-097").at("concern", "plan"),
    "case-looks": replace(WORKS, may=Situation.follows, source="TR-06, C.1"),
    **dict.fromkeys(("person-looks", "looks-copy"),
                    replace(PERSON, may=Situation.guards_person, source="TR-06, C.1")),
    **dict.fromkeys(("share", "mark-excerpt"), WORKS),
    "others-words": replace(WORKS, may=Situation.reads, source="TR-11"),
    "case-copy-pdf": WORKS.only("POST"),
    "case-documents": replace(GIVES, posts=Situation.works),
    **dict.fromkeys(("case-document", "save-document"),
                    replace(GIVES, address=of_paper, missing=(*A_CASE, *AN_ID))),
    "disclosure": replace(GIVES, may=Situation.discloses),
    **dict.fromkeys(("writing", "write-part", "add-recipient", "make-renditions", "send-renditions", "lift-label",
                     "redacted-copy", "mark-protected", "make-redacted-copy", "pack", "make-pack", "give-pack"),
                    within(NOBODYS_ID)),
    **dict.fromkeys(("change-part", "remove-part", "remove-recipient", "rendition-pdf", "remove-mark", "answer-item"),
                    within(NOBODYS_ID, NOBODYS_ID)),
    "redacted-copy-page": within(NOBODYS_ID, 1), "redacted-copy-file": within(NOBODYS_ID, "text"),
    **dict.fromkeys(("decide-approval", "approval-file"), of_none("TR-12", NOBODYS_ID)),
    **dict.fromkeys(("outbox-item", "sender", "explain-gap"), of_none("TR-24, TR-25", NOBODYS_ID)),
    "finish-task": TASK,
    "decide-alert": ALERT,
    "claim-report": replace(ON_DUTY, classes=tuple(CLASSES)).only("POST"),
    "report": REPORT,
    "report-copy": REPORT.only("GET"),
    "report-file": replace(REPORT, address=lambda r: [r.contact.reference, r.file.pk], missing=(*A_REPORT, *AN_ID)),
    "tell-report": replace(
        ON_DUTY, address=lambda r: [r.contact.reference, "police"], missing=(*A_REPORT, "police")
    ),
    **dict.fromkeys(("accept-report", "join-report", "refuse-report"), ON_DUTY),
    "allocate-concern": DESK,
    **dict.fromkeys(("answer-limbs", "record-hearing", "record-types", "name-alleged-source", "record-crime",
                     "set-police-hold", "lift-police-hold", "record-destination", "record-safe-contact"), WORKS),
    "explain-delay": replace(WORKS, may=Situation.works_or_decides),
    "tell-also": replace(WORKS, may=Situation.works_or_desk),
    "decide-concern": replace(WORKS, source="PR-11: who may not decide proposes on the same page"),
    **dict.fromkeys(("end-risk-to", "countersign-concern"), DECIDES),
    **dict.fromkeys(("record-conversation", "record-attempt", "record-outcomes-asked", "record-capacity", "add-action",
                     "finish-action", "pause-enquiry", "resume-enquiry", "assess-risk", "rate-outcomes",
                     "propose-conclusion", "conclude-short-enquiry", "agree-plan"), WORKS.at("enquiry")),
    "allocate-enquiry": DECIDES.at("enquiry"),
    **dict.fromkeys(("authorise-conclusion", "send-back-conclusion"), DECIDES.at("concluded")),
    **dict.fromkeys(("change-plan", "add-plan-action", "finish-plan-action", "review-plan", "end-plan"),
                    WORKS.at("plan")),
    **dict.fromkeys(("prepare-closing", "tell-adult", "send-feedback", "hold-feedback",
                     "tell-everybody"), WORKS.at("closing")),
    "close-case": DECIDES.at("closing"),
    "reopen-case": DECIDES.at("closed", "closing"),
}  # fmt: skip

TABLE: dict[str, Rule] = {**ACCOUNTS, **ADMINISTRATION, **OUTSIDE, **LISTS, **RECORDS}
