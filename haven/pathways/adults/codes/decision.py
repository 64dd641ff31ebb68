"""Hearing the adult, and the section 42 decision."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.codes.base import Code, Codes

_ACT = "Care Act 2014 s42(1)"

LIMBS: Codes = (
    Code(
        "needs",
        _("The adult has needs for care and support"),
        source=f"{_ACT}(a)",
        hint=_("Whether or not anyone is meeting them."),
    ),
    Code("abuse", _("The adult is experiencing, or at risk of, abuse or neglect"), source=f"{_ACT}(b)"),
    Code("protect", _("Because of those needs the adult cannot protect themselves"), source=f"{_ACT}(c)"),
)
"""The test is reasonable cause to suspect, of an adult in the area, wherever ordinarily resident."""

LIMB_ANSWERS: Codes = (
    Code("yes", _("Yes"), source=_ACT),
    Code("no", _("No"), source=_ACT),
    Code("not_yet", _("Not yet known"), source="Practice PR-11"),
)

YES_NO_NOT_KNOWN: Codes = (
    Code("yes", _("Yes"), source="Practice PR-11"),
    Code("no", _("No"), source="Practice PR-11"),
    Code("not_known", _("Not known"), source="Practice PR-11"),
)

AGREES: Codes = (
    Code("yes", _("Yes"), source="Practice PR-11"),
    Code("no", _("No"), source="Practice PR-11"),
    Code("not_asked", _("Not asked yet"), source="Practice PR-11"),
    Code("not_known", _("Not known"), source="Practice PR-11"),
)
"""Whether the adult agrees to what they told us being shared."""

GROUNDS_TO_OVERRIDE: Codes = (
    Code("others_at_risk", _("Other people are at risk"), source="Practice PR-11"),
    Code("crime", _("A crime may have been committed"), source="Practice PR-11"),
    Code("coercion", _("The adult may be under coercion or control"), source="Practice PR-11"),
    Code(
        "lacks_capacity",
        _("The adult lacks capacity to decide this"),
        source="Practice PR-11; Mental Capacity Act 2005 s3",
    ),
    Code("public_interest", _("The public interest"), source="Practice PR-11"),
)
"""A no to sharing never ends the duty, but going further needs one of these."""

NOT_YET_HEARD: Codes = (
    Code("unsafe", _("It is not safe to speak to them yet"), source="Practice PR-11"),
    Code("not_reached", _("We have not reached them"), source="Practice PR-11, PR-36"),
    Code("capacity", _("Someone must speak for them; not yet arranged"), source="Practice PR-11"),
    Code("police_asked", _("The police asked us to wait"), source="Practice PR-11"),
)

ENQUIRY_KINDS: Codes = (
    Code("section_42", _("Section 42 enquiry"), "Section 42 Enquiries", source="Care Act 2014 s42(2)"),
    Code("other", _("Other safeguarding enquiry"), "Other Enquiries", source="Safeguarding Adults Collection, SG1f"),
)

OUTCOMES: Codes = (*ENQUIRY_KINDS, Code("not_an_enquiry", _("Not an enquiry"), source="Practice PR-12"))
"""What a concern becomes. The first two are "threshold met"; the first alone is "section 42" (R-046)."""

_R047 = "Catalogue R-047, S-008"
_HACKNEY = "A London borough's decision form: disposal"

DESTINATIONS: Codes = (
    Code("care_management", _("Care management (existing worker)"), source=_R047),
    Code("care_act_assessment", _("Care Act assessment"), source=_HACKNEY),
    Code("care_review", _("Review of care and support"), source=_HACKNEY),
    Code("customer_services", _("Customer services"), source=_R047),
    Code("trading_standards", _("Trading Standards"), source=_R047),
    Code("domestic_abuse_agency", _("Domestic abuse service"), source=_R047),
    Code("police", _("Police"), source=_R047),
    Code("complaint", _("Complaints"), source=_R047),
    Code("quality_alert", _("Provider quality alert"), source=_R047),
    Code("self_neglect_pathway", _("Self-neglect pathway"), source=_R047),
    Code("childrens_services", _("Children's services"), source="Practice PR-13"),
    Code("other_council_service", _("Another council service"), source=_HACKNEY),
    Code("external_agency", _("Another agency"), source=_HACKNEY),
    Code("other_authority", _("Another local authority"), source=_HACKNEY),
    Code("advice", _("Advice and guidance given"), source=_HACKNEY),
    Code("none", _("Nothing further"), source=_HACKNEY),
)
"""Where a concern that is not an enquiry goes."""

NOBODY_TO_ACCEPT = ("advice", "none")
"""Destinations with nobody who must accept."""

CRIME_ANSWERS: Codes = (
    Code("yes", _("Yes"), source="Practice PR-15"),
    Code("no", _("No"), source="Practice PR-15"),
    Code("not_yet", _("Not yet known"), source="Practice PR-15"),
)
