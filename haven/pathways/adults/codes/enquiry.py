"""The enquiry: outcomes wanted, capacity, advocacy, risk, and what was done."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.codes.base import Code, Codes

_SG4 = "Safeguarding Adults Collection, table SG4a (Making Safeguarding Personal)"

ASKED: Codes = (
    Code(
        "expressed", _("Asked, and outcomes expressed"), "Yes they were asked and outcomes were expressed", source=_SG4
    ),
    Code(
        "none_expressed", _("Asked, none expressed"), "Yes they were asked but no outcomes were expressed", source=_SG4
    ),
    Code("not_asked", _("Not asked"), "No", source=_SG4),
    Code("not_known", _("Don't know"), "Don't Know", source=_SG4),
)
"""Whether the adult, or who speaks for them, was asked what they want to happen. Unset returns as "Not Recorded"."""

NOT_ASKED_REASONS: Codes = (
    Code("unsafe", _("It was not safe to ask"), source="Catalogue R-076"),
    Code("not_reached", _("We have not reached them"), source="Catalogue R-076; Practice PR-36"),
    Code("nobody_to_speak", _("Lacked capacity and nobody could speak for them"), source="Catalogue R-076"),
    Code("died", _("The adult died"), source="Catalogue R-076"),
    Code("moved_away", _("The adult moved away"), source="Catalogue R-076"),
    Code("police_asked", _("The police asked us to wait"), source="Catalogue R-076; Practice PR-15"),
    Code("other", _("Another reason, given in the note"), source="Catalogue R-076"),
)

ASKED_WHOM: Codes = (
    Code("adult", _("The adult"), source="Catalogue R-073"),
    Code("representative", _("Their representative"), source="Catalogue R-073"),
    Code("advocate", _("Their advocate"), source="Catalogue R-073"),
)

ACHIEVED: Codes = (
    Code("fully", _("Fully achieved"), "Fully Achieved", source=_SG4),
    Code("partly", _("Partly achieved"), "Partially Achieved", source=_SG4),
    Code("not", _("Not achieved"), "Not Achieved", source=_SG4),
    Code("not_known", _("Not known"), source="Catalogue R-074; SAEB 2018/19 (F-07)"),
)

_SG3 = "Safeguarding Adults Collection, table SG3a; Practice PR-18"
_NOT_LACKED = "No, they did not lack capacity"

CAPACITY: Codes = (
    Code("lacks", _("Assessed: lacks capacity for this decision"), "Yes, they lacked capacity", source=_SG3),
    Code("did_not_lack", _("Did not lack capacity"), _NOT_LACKED, source=_SG3),
    Code("not_known", _("Don't know"), "Don't know", source=_SG3),
    Code("not_recorded", _("Not recorded"), "Not recorded", source=_SG3),
    Code(
        "no_doubt",
        _("No reason to doubt it"),
        rolls_up_to="did_not_lack",
        source="Mental Capacity Act 2005 s1(2); PR-18",
    ),
    Code("assessed_has", _("Assessed: has capacity for this decision"), rolls_up_to="did_not_lack", source=_SG3),
    Code("not_yet", _("Not yet assessed"), rolls_up_to="not_recorded", source="Practice PR-18"),
)
"""Four codes of the national return; *no reason to doubt it* is the presumption and counts as did not lack."""

CAPACITY_CHOICES = ("no_doubt", "assessed_has", "lacks", "not_yet", "not_known")
"""What a worker picks from."""

DIFFICULTY: Codes = (
    Code("no", _("Yes, they can take part without substantial difficulty"), source="Care Act 2014 s68(3)"),
    Code("yes", _("No, they would have substantial difficulty"), source="Care Act 2014 s68(3)"),
)
"""Substantial difficulty in taking part. "No" ends the question of advocacy."""

_S68 = "Care Act 2014 s68; Practice PR-18"

ADVOCATE: Codes = (
    Code("appropriate_person", _("An appropriate person supports them"), source=_S68),
    Code("advocate", _("An independent advocate supports them"), source=_S68),
    Code("imca", _("An independent mental capacity advocate supports them"), source=_S68),
    Code("waiting", _("Referred, waiting for an advocate"), source=_S68),
    Code("declined", _("Offered and declined"), source=_S68),
    Code("not_needed", _("Not needed"), source=_S68),
)

SUPPORTED = ("appropriate_person", "advocate", "imca")
"""Counted as supported by an advocate, family or friend (SG3a)."""

_SG2C = "Safeguarding Adults Collection, table SG2c"

RISK_ASSESSMENT: Codes = (
    Code("identified_action", _("Risk identified and action taken"), "Risk identified and action taken", source=_SG2C),
    Code(
        "identified_no_action",
        _("Risk identified and no action taken"),
        "Risk identified and no action taken",
        source=_SG2C,
    ),
    Code(
        "inconclusive_action",
        _("Inconclusive and action taken"),
        "Risk Assessment inconclusive and action taken",
        source=_SG2C,
    ),
    Code(
        "inconclusive_no_action",
        _("Inconclusive and no action taken"),
        "Risk Assessment inconclusive and no action taken",
        source=_SG2C,
    ),
    Code("none_action", _("No risk identified and action taken"), "No risk identified and action taken", source=_SG2C),
    Code(
        "none_no_action",
        _("No risk identified and no action taken"),
        "No risk identified and no action taken",
        source=_SG2C,
    ),
    Code(
        "ceased",
        _("Ended at the adult's request, no action taken"),
        "Enquiry ceased at individual's request and no action taken",
        source=_SG2C,
    ),
)

RISK_IDENTIFIED = ("identified_action", "identified_no_action")
"""The assessments after which, and only after which, a risk has an outcome (SG2e)."""

_SG2E = "Safeguarding Adults Collection, table SG2e"

RISK_OUTCOMES: Codes = (
    Code("removed", _("Risk removed"), "Risk removed", source=_SG2E),
    Code(
        "reduced",
        _("Risk reduced"),
        "Risk reduced",
        source=_SG2E,
        hint=_("Lessened to some degree, for example by closer monitoring."),
    ),
    Code(
        "remained",
        _("Risk remained"),
        "Risk remained",
        source=_SG2E,
        hint=_("The same degree of risk remains; it may be the adult's choice."),
    ),
)

REMAINED_REASONS: Codes = (
    Code("adult_accepts", _("The adult accepts the risk, with capacity to do so"), source="Catalogue R-079"),
    Code("family_contact", _("The adult wants to keep contact with someone close"), source="Catalogue R-079"),
    Code("capacity", _("Waiting for a capacity or best-interests decision"), source="Catalogue R-079"),
    Code("court", _("Waiting for a court"), source="Catalogue R-079"),
    Code("other_agency", _("Waiting for another agency"), source="Catalogue R-079"),
    Code("other", _("Another reason, given in the words"), source="Catalogue R-079"),
)

PAUSE_REASONS: Codes = (
    Code("police_hold", _("The police asked us to wait"), source="Practice PR-15"),
    Code("adult_asked", _("The adult asked us to pause"), source="Catalogue R-077, R-078"),
    Code("hospital", _("The adult is too unwell to take part"), source="Catalogue R-078"),
    Code("court", _("Court proceedings"), source="Catalogue R-078"),
    Code("other_authority", _("Another authority leads and asked us to wait"), source="Catalogue R-078"),
)
"""Why an enquiry's clock may stand still. Protection never pauses."""

ACTIONS_TAKEN: Codes = (
    Code("monitoring", _("Increased monitoring"), source="Catalogue R-081"),
    Code("disciplinary", _("Disciplinary action"), source="Catalogue R-081"),
    Code("dbs_referral", _("Referral to the Disclosure and Barring Service"), source="Catalogue R-081"),
    Code("care_change", _("Change of care and support"), source="Catalogue R-081"),
    Code("removal", _("Someone left the home"), source="Catalogue R-081"),
    Code("police_action", _("Police action"), source="Catalogue R-081"),
    Code("civil_order", _("Civil order"), source="Catalogue R-081"),
    Code("advocacy", _("Advocacy"), source="Catalogue R-081"),
    Code("training", _("Training"), source="Catalogue R-081"),
    Code("contract_action", _("Contract action"), source="Catalogue R-081"),
    Code("none", _("None"), source="Catalogue R-081"),
    Code("other", _("Other"), source="Catalogue R-081"),
)

HOW_SPOKEN: Codes = (
    Code("visit", _("Visit"), source="Practice PR-17"),
    Code("telephone", _("Telephone"), source="Practice PR-17"),
    Code("video", _("Video"), source="Practice PR-17"),
    Code("letter", _("Letter or e-mail"), source="Practice PR-17"),
)

RELATED = ("partner", "former_partner", "parent", "child", "sibling", "grandchild", "other_relative")
"""A referrer who is one of these to an alleged source of harm is told no more than a receipt (PR-21)."""
