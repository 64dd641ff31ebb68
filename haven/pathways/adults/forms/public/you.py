"""The pages about the person who tells us: how their name may be used, and how to reply safely (PR-06, 11; PR-07)."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.forms.public.asking import Answers, Question, choose, line
from haven.pathways.adults.forms.public.ways import check_ways, email, telephone, ways

RELATIONS = {
    "family": (_("Family or partner"), "family"),
    "friend": (_("Friend"), "friend"),
    "neighbour": (_("Neighbour"), "neighbour"),
    "carer": (_("I look after them, unpaid"), "family_friend_neighbour_self"),
    "work": (_("I know them through my work"), "not_known"),
    "other": (_("Something else"), "other"),
    "rather_not": (_("I would rather not say"), "not_known"),
}
"""How they know the adult: label, and the source code it counts under (codes.SOURCES)."""


class AboutYou(Question):
    step = "you"
    heading = _("About you")
    heading_for_me = _("How may we use your name?")
    page_heading_for_me = "identity"
    not_me = ["relation", "relation_words"]
    hints = {
        "identity": {
            "inside": _("We will try hard. A court or the law may stop us from keeping it private."),
            "do_not_ask": _("You can still tell us. We may find it harder to act, and we cannot ask you more."),
        }
    }
    reveals = {"relation": {"other": ["relation_words"]}}
    identity = choose(
        _("May we use your name?"),
        [
            ("use", _("You can use my name")),
            ("inside", _("Keep my name inside the council")),
            ("do_not_ask", _("Do not ask my name")),
        ],
    )
    relation = choose(_("How do you know the person?"), [(code, label) for code, (label, _source) in RELATIONS.items()])
    relation_words = line(_("How?"), longest=120)


class Reply(Question):
    step = "reply"
    heading = _("How can we reach you safely?")
    lead = _("We will only use the ways you tick. If you tick none, we will not contact you.")
    not_about_me = True
    safe_ways = ways()
    name = line(_("Your name"), longest=120, width="20", autocomplete="name")
    telephone = telephone()
    email = email()

    @classmethod
    def left_out(cls, known: Answers) -> set[str]:
        """No name is asked of somebody who asked us not to."""
        return {"name"} if known.get("identity") == "do_not_ask" else set()

    def clean(self) -> Answers:
        """A way that was ticked needs the number or the address it uses."""
        return check_ways(self)
