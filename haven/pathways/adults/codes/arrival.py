"""Who told us, where it happened, and who else must know now."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.codes.base import Code, Codes

_SAEB = "SAEB 2018/19 annual report, source of referral (F-02)"
_HACKNEY = "A London borough's concern form: referral source"

SOURCES: Codes = (
    Code("health_staff", _("Health care staff"), source=_SAEB),
    Code("social_care_staff", _("Social care staff"), source=_SAEB),
    Code("family_friend_neighbour_self", _("Family, friend, neighbour or the adult"), source=_SAEB),
    Code("police", _("Police"), source=_SAEB),
    Code("housing", _("Housing"), source=_SAEB),
    Code("education_work", _("Education, training or work"), source=_SAEB),
    Code("cqc", _("Care Quality Commission"), source=_SAEB),
    Code("other", _("Other"), source=_SAEB),
    Code("not_known", _("Not known"), source=_SAEB),
    Code("gp", _("GP or practice"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("hospital_acute", _("Hospital: acute"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("hospital_mental_health", _("Hospital: mental health"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("hospital_community", _("Hospital: community"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("community_nurse", _("Community or district nurse"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("pharmacist", _("Pharmacist"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("ambulance", _("Ambulance service"), rolls_up_to="health_staff", source=_HACKNEY),
    Code("social_worker", _("Social worker"), rolls_up_to="social_care_staff", source=_HACKNEY),
    Code("home_care_provider", _("Home care provider"), rolls_up_to="social_care_staff", source=_HACKNEY),
    Code("care_home_provider", _("Care home provider"), rolls_up_to="social_care_staff", source=_HACKNEY),
    Code("day_service", _("Day service"), rolls_up_to="social_care_staff", source=_HACKNEY),
    Code("self", _("The adult"), rolls_up_to="family_friend_neighbour_self", source=_HACKNEY),
    Code("family", _("Family"), rolls_up_to="family_friend_neighbour_self", source=_HACKNEY),
    Code("friend", _("Friend"), rolls_up_to="family_friend_neighbour_self", source=_HACKNEY),
    Code("neighbour", _("Neighbour"), rolls_up_to="family_friend_neighbour_self", source=_HACKNEY),
    Code("council_housing", _("Council housing"), rolls_up_to="housing", source=_HACKNEY),
    Code("housing_association", _("Housing association"), rolls_up_to="housing", source=_HACKNEY),
    Code("fire", _("Fire service"), rolls_up_to="other", source=_HACKNEY),
    Code("probation", _("Probation"), rolls_up_to="other", source="Practice: seen at the duty desk"),
    Code("voluntary", _("Voluntary organisation"), rolls_up_to="other", source=_HACKNEY),
    Code("council_service", _("Another council service"), rolls_up_to="other", source=_HACKNEY),
)
"""Who told us. Nine published codes; the rest roll up to them."""

PERSONAL_SOURCES = ("family_friend_neighbour_self", "self", "family", "friend", "neighbour", "not_known")
"""Those who write for themselves and not for an agency: no feedback beyond a receipt by right (PR-21)."""

_LOCATION = "SAEB 2018/19 annual report, location of harm (F-04)"
_SG2B = "Safeguarding Adults Collection, table SG2b"

_COMMUNITY = "In the Community (excluding community services)"

LOCATIONS: Codes = (
    Code("own_home", _("Own home"), "Own Home", source=_LOCATION),
    Code("care_home", _("Care home"), source=_LOCATION),
    Code("extra_care", _("Extra care or sheltered housing"), "Other", source=_LOCATION),
    Code("hospital", _("Hospital"), source=_LOCATION),
    Code("in_the_community", _("In the community"), _COMMUNITY, source=_LOCATION),
    Code("community_service", _("In a community service"), "Community Service", source=_LOCATION),
    Code("other", _("Other"), "Other", source=_LOCATION),
    Code("not_known", _("Not known"), source=_LOCATION),
    Code("care_home_nursing", _("Care home with nursing"), "Care Home - Nursing", "care_home", _SG2B),
    Code("care_home_residential", _("Residential care home"), "Care Home - Residential", "care_home", _SG2B),
    Code("hospital_acute", _("Hospital: acute"), "Hospital - Acute", "hospital", _SG2B),
    Code("hospital_mental_health", _("Hospital: mental health"), "Hospital - Mental Health", "hospital", _SG2B),
    Code("hospital_community", _("Hospital: community"), "Hospital - Community", "hospital", _SG2B),
)
"""Where the harm happened (it counts there: PR-13). Eight published codes, and the finer ones of the return."""

_PR04 = "Practice PR-04: who else must know now?"

ALSO_TELL: Codes = (
    Code(
        "childrens_mash",
        _("Children's services (MASH)"),
        source=_PR04,
        hint=_("Any child or pregnancy. Agreement is not required."),
    ),
    Code("police", _("Police"), source=_PR04),
    Code("ambulance_or_gp", _("Ambulance or GP"), source=_PR04),
    Code("care_provider", _("Care provider"), source=_PR04),
    Code("cqc", _("Care Quality Commission"), source=_PR04),
    Code("commissioners", _("Commissioners"), source=_PR04),
    Code("placing_authority", _("Placing authority"), source=_PR04),
    Code("position_of_trust", _("LADO or position-of-trust lead"), source=_PR04),
    Code("landlord", _("Landlord"), source=_PR04),
    Code("fire_service", _("Fire service"), source=_PR04),
)
"""Each line is told (when, reference) or not needed (because)."""

CHILDREN_LINE = "childrens_mash"
