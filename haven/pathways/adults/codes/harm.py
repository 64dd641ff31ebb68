"""What kind of harm, and who or what it came from."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.codes.base import Code, Codes

_GUIDANCE = "Care and support statutory guidance, chapter 14; Safeguarding Adults Collection, table SG2a"

HARM_TYPES: Codes = (
    Code("neglect", _("Neglect and acts of omission"), "Neglect and Acts of Omission", source=_GUIDANCE),
    Code("financial", _("Financial or material abuse"), "Financial or Material Abuse", source=_GUIDANCE),
    Code("physical", _("Physical abuse"), "Physical Abuse", source=_GUIDANCE),
    Code("psychological", _("Psychological abuse"), "Psychological Abuse", source=_GUIDANCE),
    Code("domestic", _("Domestic abuse"), "Domestic Abuse", source=_GUIDANCE),
    Code("sexual", _("Sexual abuse"), "Sexual Abuse", source=_GUIDANCE),
    Code(
        "sexual_exploitation",
        _("Sexual exploitation"),
        "Sexual Exploitation",
        source="Safeguarding Adults Collection, SG2a",
    ),
    Code("institutional", _("Organisational abuse"), "Organisational Abuse", source=_GUIDANCE),
    Code("self_neglect", _("Self-neglect"), "Self-Neglect", source=_GUIDANCE),
    Code("discriminatory", _("Discriminatory abuse"), "Discriminatory Abuse", source=_GUIDANCE),
    Code("modern_slavery", _("Modern slavery"), "Modern Slavery", source=_GUIDANCE),
    Code("pressure_care", _("Pressure care"), rolls_up_to="neglect", source="Catalogue R-069: local sub-code"),
)
"""Ten types of the statutory guidance and an eleventh of the national return. The public never picks one (PR-06)."""

_SG2A = "Safeguarding Adults Collection, source of risk; a London borough's operational list"
_PROVIDER = "Service Provider"
_KNOWN = "Other - Known to individual"
_UNKNOWN = "Other - Unknown to individual"

SOURCES_OF_RISK: Codes = (
    Code(
        "service_provider",
        _("Service provider"),
        _PROVIDER,
        source=_SG2A,
        hint=_("Paid, contracted or commissioned to provide social care. NHS and council assessment staff are not."),
    ),
    Code("known", _("Someone else, known to the adult"), _KNOWN, source=_SG2A),
    Code("unknown", _("Someone else, not known to the adult"), _UNKNOWN, source=_SG2A),
    Code("provider_public", _("Social care provider: public"), rolls_up_to="service_provider", source=_SG2A),
    Code("provider_private", _("Social care provider: private"), rolls_up_to="service_provider", source=_SG2A),
    Code("provider_voluntary", _("Social care provider: voluntary"), rolls_up_to="service_provider", source=_SG2A),
    Code("self", _("The adult (self-neglect)"), rolls_up_to="known", source=_SG2A),
    Code("relative", _("Relative or family carer"), rolls_up_to="known", source=_SG2A),
    Code("known_not_related", _("Known to the adult, not related"), rolls_up_to="known", source=_SG2A),
    Code("known_primary_health", _("Known: primary health care"), rolls_up_to="known", source=_SG2A),
    Code("known_secondary_health", _("Known: secondary health care"), rolls_up_to="known", source=_SG2A),
    Code("known_community_health", _("Known: community health care"), rolls_up_to="known", source=_SG2A),
    Code("known_care_management", _("Known: social care assessment staff"), rolls_up_to="known", source=_SG2A),
    Code("known_police", _("Known: police"), rolls_up_to="known", source=_SG2A),
    Code("known_regulator", _("Known: regulator"), rolls_up_to="known", source=_SG2A),
    Code("known_other_public", _("Known: other public sector"), rolls_up_to="known", source=_SG2A),
    Code("known_other_private", _("Known: other private sector"), rolls_up_to="known", source=_SG2A),
    Code("known_other_voluntary", _("Known: other voluntary sector"), rolls_up_to="known", source=_SG2A),
    Code("stranger", _("A stranger"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_primary_health", _("Not known: primary health care"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_secondary_health", _("Not known: secondary health care"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_community_health", _("Not known: community health care"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_care_management", _("Not known: social care assessment staff"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_police", _("Not known: police"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_regulator", _("Not known: regulator"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_other_public", _("Not known: other public sector"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_other_private", _("Not known: other private sector"), rolls_up_to="unknown", source=_SG2A),
    Code("unknown_other_voluntary", _("Not known: other voluntary sector"), rolls_up_to="unknown", source=_SG2A),
)
"""Three codes of the national return and the 25 they are chosen by."""
