"""What must be decided, by a named person, with reasons, and under what law."""

from django.utils.translation import gettext_lazy as _

from haven.casework.decisions.questions import Question

SECTION_42 = Question(
    "section_42",
    _("Does the duty to make enquiries apply?"),
    outcomes={
        "section_42": _("Section 42 enquiry"),
        "other": _("Other safeguarding enquiry"),
        "not_an_enquiry": _("Not an enquiry"),
    },
    source="Care Act 2014 s42(1)-(2)",
    guidance="Care and support statutory guidance, chapter 14",
)
SECOND_PERSON = Question(
    "second_person",
    _("Does a second person agree that this is not an enquiry?"),
    outcomes={"agrees": _("Agrees"), "disagrees": _("Disagrees: decide it again")},
    source="Catalogue R-048; practice PR-12",
    guidance="Repeat, care-provider, death and self-neglect concerns",
)
CONCLUSION = Question(
    "conclusion",
    _("Is the enquiry complete?"),
    outcomes={"authorised": _("Authorised"), "sent_back": _("Sent back to the officer")},
    source="Care Act 2014 s42(2); catalogue R-065",
    guidance="Care and support statutory guidance, chapter 14: what an enquiry is for",
)
CLOSING = Question(
    "closing",
    _("May this case be closed?"),
    outcomes={"closed": _("Closed")},
    source="Catalogue R-093",
    guidance="London multi-agency policy (2019), stage 4",
)
REOPENING = Question(
    "reopening",
    _("Why is this case opened again?"),
    outcomes={"reopened": _("Opened again")},
    source="Practice PR-17",
    guidance="The first clocks stay",
)
QUESTIONS = (SECTION_42, SECOND_PERSON, CONCLUSION, CLOSING, REOPENING)
