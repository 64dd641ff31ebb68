"""The first three pages: danger, whom it is about, and what is worrying you (PR-06, 1 to 3)."""

from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.forms.public.asking import Question, choose, choose_any, line, lines


class Danger(Question):
    step = "danger"
    heading = _("Is anyone in danger now?")
    page_heading = "danger"
    danger = choose(
        heading,
        [("yes", _("Yes")), ("no", _("No")), ("not_sure", _("I am not sure"))],
        _("If anyone is badly hurt, or may be hurt soon, ring 999 first if you can. Then come back and carry on."),
    )


class About(Question):
    step = "about"
    heading = _("Who is this about?")
    page_heading = "about"
    reveals = {"help": {"interpreter": ["language"]}}
    hints = {
        "about": {
            "someone": _("A relative, a friend, a neighbour, or someone you have seen"),
            "work": _("A patient, a tenant, a customer or someone you care for as your job"),
        },
        "help": {
            "bsl": _("British Sign Language"),
            "easy_read": _("Short sentences with the most important facts"),
        },
    }
    about = choose(
        heading,
        [
            ("me", _("Me")),
            ("someone", _("Someone I know")),
            ("work", _("Someone I work with")),
            ("under_18", _("Someone under 18")),
        ],
    )
    help = choose_any(
        _("Do you need help to tell us?"),
        [
            ("interpreter", _("I need an interpreter")),
            ("bsl", _("I use BSL")),
            ("easy_read", _("I want Easy Read")),
            ("write_for_me", _("I want someone to write for me")),
        ],
        _("Choose all that would help."),
    )
    language = line(_("Which language do you speak?"), longest=80, width="20", autocomplete="language")


class Worry(Question):
    step = "words"
    heading = _("Tell us what is worrying you")
    page_heading = "words"
    words = lines(
        heading,
        _(
            "Use your own words, in any language. Spelling does not matter. "
            "Someone may be hurt, controlled, robbed, neglected or not coping. "
            "This, and a way to find the person, are all we need."
        ),
        rows=10,
        longest=10_000,
    )
    me = {
        "words": (
            heading,
            _(
                "Use your own words, in any language. Spelling does not matter. "
                "You may be hurt, controlled, robbed, neglected or not coping. "
                "This, and a way to find you, are all we need."
            ),
        )
    }
