"""Telling people, and closing."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.codes.base import Code, Codes

FEEDBACK_LEVELS: Codes = (
    Code("receipt", _("Receipt: no fact about anyone"), source="Practice PR-21"),
    Code("stage", _("Stage: where it has got to"), source="Practice PR-21"),
    Code("outcome", _("Outcome, and what we need from you"), source="Practice PR-21"),
)

FEEDBACK_GROUNDS: Codes = (
    Code("keeps_adult_safe", _("They have a part in keeping the adult safe"), source="Practice PR-21"),
    Code("adult_agrees", _("The adult agrees"), source="Practice PR-21"),
)
"""Why somebody may be told the outcome."""

HELD_REASONS: Codes = (
    Code(
        "alleged_source", _("They are, live with or are related to the alleged source of harm"), source="Practice PR-21"
    ),
    Code("police_hold", _("A police hold is on"), source="Practice PR-15, PR-21"),
    Code("adult_unsafe", _("It would put the adult at risk"), source="Practice PR-21"),
    Code("adult_does_not_agree", _("The adult does not agree"), source="Practice PR-21"),
    Code("no_safe_way", _("They left no safe way to be told"), source="Practice PR-07, PR-21"),
    Code("not_wanted", _("They asked not to be told"), source="Practice PR-21"),
)
"""Why a referrer is not told, or not told more than a receipt."""

TOLD_HOW: Codes = (
    Code("email", _("E-mail"), source="Practice PR-22"),
    Code("letter", _("Letter"), source="Practice PR-22"),
    Code("telephone", _("Telephone"), source="Practice PR-22"),
    Code("in_person", _("In person"), source="Practice PR-22"),
)

ADULT_NOT_TOLD: Codes = (
    Code("unsafe", _("It is not safe to tell them"), source="Practice PR-21"),
    Code("not_reached", _("We have not reached them"), source="Practice PR-36"),
    Code("died", _("The adult died"), source="Practice PR-13"),
    Code("asked_not_to", _("They asked not to be contacted"), source="Practice PR-21"),
    Code("nobody_to_tell", _("Lacks capacity and nobody speaks for them"), source="Practice PR-18"),
)

PLAN_STATUS: Codes = (
    Code("none_needed", _("No plan was needed"), source="Catalogue R-093"),
    Code("ended", _("The plan has ended"), source="Catalogue R-093"),
    Code("transferred", _("The plan goes on under somebody else"), source="Catalogue R-093"),
)

CHILDREN_CONSIDERED: Codes = (
    Code("no_children", _("No child is affected"), source="Catalogue R-093; Practice PR-04"),
    Code("told", _("Children's services were told"), source="Catalogue R-093; Practice PR-04"),
)

REVIEW_OUTCOMES: Codes = (
    Code("continue", _("Go on as it is"), source="Catalogue R-083"),
    Code("change", _("Go on with changes"), source="Catalogue R-083"),
    Code("end", _("End the plan"), source="Catalogue R-083"),
)
