"""The pages about the adult: who and where, what goes on, who is there, what they want (PR-06, 4 to 10; PR-08)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovDateField
from haven.pathways.adults.forms.public.asking import KNOWN_OR_NOT, Answers, Question, choose, line, lines
from haven.pathways.adults.forms.public.ways import check_ways, email, telephone, ways


class Who(Question):
    step = "who"
    heading = _("Who and where are they now?")
    heading_for_me = _("Who and where are you now?")
    lead = _("A name, what they look like, or where they are is enough. Tell us what you know.")
    lead_for_me = _("Your name, or where you are, is enough.")
    only_me = ["date_of_birth"]
    not_me = ["age", "description"]
    given_name = line(_("First name"), longest=80, width="20")
    family_name = line(_("Last name"), longest=80, width="20")
    description = line(_("What do they look like?"), _("If you do not know the name, tell us how we would know them."))
    age = line(_("About how old are they?"), _("A guess is fine, like 80."), longest=40, width="5")
    date_of_birth = GovDateField(label=_("Your date of birth"), help_text=_("For example, 27 3 1942."), required=False)
    whereabouts = line(
        _("Where are they now?"),
        _("An address if you have it. If not, the name of a place or a street, or where they are often seen."),
    )
    postcode = line(_("Postcode, or the part of it you know"), longest=10, width="10")
    no_fixed_address = forms.BooleanField(label=_("They have no fixed home"), required=False)
    keep_protected = forms.BooleanField(
        label=_("Keep where they are from everybody but the workers who need it"), required=False
    )
    setting = choose(
        _("What kind of place is it?"),
        [
            ("own_home", _("A home")),
            ("extra_care", _("Sheltered or supported housing")),
            ("care_home", _("A care home")),
            ("hospital", _("A hospital")),
            ("refuge", _("A refuge, a hostel or temporary housing")),
            ("in_the_community", _("Outside, a shop or another public place")),
            ("other", _("Somewhere else")),
            ("not_known", _("I do not know")),
        ],
    )
    me = {
        "given_name": (_("Your first name"), ""),
        "family_name": (_("Your last name"), ""),
        "whereabouts": (_("Where are you now?"), _("An address if you have one. If not, a place or a street.")),
        "postcode": (_("Postcode, if you know it"), ""),
        "no_fixed_address": (_("I have no fixed home"), ""),
        "keep_protected": (_("Keep where I am from everybody but the workers who need it"), ""),
    }
    me_purpose = {
        "given_name": "given-name",
        "family_name": "family-name",
        "date_of_birth": "bday",
        "postcode": "postal-code",
    }


class Happening(Question):
    step = "happening"
    heading = _("Is it still happening?")
    page_heading = "happening"
    happening = choose(
        heading,
        [
            ("now", _("Yes, now or on most days")),
            ("sometimes", _("Yes, now and then")),
            ("stopped", _("No, it has stopped")),
            ("not_known", _("I do not know")),
        ],
    )
    when = line(_("When did it last happen?"), _("A day, a month or “last winter” is fine."), longest=200)


class EverydayHelp(Question):
    step = "everyday"
    heading = _("Do they need help with everyday life?")
    heading_for_me = _("Do you need help with everyday life?")
    page_heading = "everyday"
    reveals = {"everyday": {"yes": ["everyday_words"]}}
    everyday = choose(
        heading, KNOWN_OR_NOT, _("Such as washing, eating, getting about, money, remembering or keeping safe.")
    )
    everyday_words = lines(_("What do they need help with, and who helps them?"), longest=1000)
    me = {"everyday_words": (_("What do you need help with, and who helps you?"), "")}


class Cause(Question):
    step = "cause"
    heading = _("Who may be causing it?")
    page_heading = "cause"
    reveals = {"cause": {"person": ["cause_who", "cause_lives"], "carer": ["cause_service"]}}
    hints = {"cause": {"self": _("You will not be judged. Caring for someone is hard, and we can help.")}}
    cause = choose(
        heading,
        [
            ("person", _("A person")),
            ("carer", _("A paid carer or a service")),
            ("nobody", _("Nobody else: they are not coping on their own")),
            ("self", _("It may be me: I am struggling")),
            ("not_known", _("I do not know")),
            ("rather_not", _("I would rather not say")),
        ],
    )
    cause_who = line(
        _("Who are they?"), _("For example their son, a neighbour, someone from the internet. A name if you know it.")
    )
    cause_lives = choose(_("Do they live in the same home?"), KNOWN_OR_NOT)
    cause_service = line(_("Which service or care home?"))
    me_choices = {
        "cause": [
            ("person", _("A person")),
            ("carer", _("A paid carer or a service")),
            ("nobody", _("Nobody else: I am not coping on my own")),
            ("not_known", _("I do not know")),
            ("rather_not", _("I would rather not say")),
        ]
    }
    me = {
        "cause_who": (_("Who are they to you?"), _("For example your son, a neighbour, someone from the internet.")),
        "cause_lives": (_("Do they live with you?"), ""),
    }


class Others(Question):
    step = "others"
    heading = _("Are there children or other adults there?")
    lead = _("Children may need help as well, even if nobody has touched them.")
    children = choose(_("Are there children, or is anyone pregnant?"), KNOWN_OR_NOT)
    others = choose(_("Are there other adults who may not be safe?"), KNOWN_OR_NOT)
    others_words = lines(_("Who are they?"), _("Names or ages if you know them."), longest=1000)


class Wishes(Question):
    step = "wishes"
    heading = _("What do they know, and what do they want?")
    heading_for_me = _("What would you like to happen?")
    lead_for_me = _("You decide as much as we can make possible. We will ask you again before we do things.")
    only_me = ["trusted", "take_part"]
    not_me = ["knows"]
    knows = choose(
        _("Do they know you are telling us?"),
        [
            ("yes", _("Yes")),
            ("no", _("No")),
            ("not_safe", _("No, it is not safe to tell them")),
        ],
        _("“No” is fine. You can still tell us."),
    )
    wants = lines(_("What do they want to happen?"), _("In their own words, if they have told you."))
    trusted = line(
        _("Is there someone you trust?"), _("They could be with you, or speak for you. Tell us how to reach them.")
    )
    take_part = choose(
        _("Would you like help to take part?"),
        [("yes", _("Yes")), ("no", _("No")), ("not_known", _("I am not sure"))],
        _("Such as someone to go through things with you, to speak for you, or more time."),
    )
    me = {"wants": (_("What would make things better for you?"), _("Such as: feel safe at home, stop the calls."))}


class Reach(Question):
    step = "reach"
    heading = _("How can anyone reach them safely?")
    heading_for_me = _("How can we reach you safely?")
    lead_for_me = _("We only use the ways you tick, and what you tell us here.")
    only_me = ["telephone", "email", "safe_ways"]
    safe_ways = ways()
    telephone = telephone()
    email = email()
    reach_words = lines(
        _("What is a safe way and a safe time?"),
        _("A telephone number, a place, a time when they are alone, or someone who can help us meet them."),
        longest=1000,
    )
    must_not_know = line(_("Is there anyone who must not know that we are in touch?"))
    me = {
        "reach_words": (_("When is it safe, and what must we not say?"), _("For example, after 10 on weekdays.")),
        "must_not_know": (_("Is there anyone who must not know that we are in touch with you?"), ""),
    }

    def clean(self) -> Answers:
        """A way that was ticked needs the number or the address it uses."""
        return check_ways(self)
