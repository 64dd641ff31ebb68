"""Somebody for each role, whom a visitor signs in as. Their family names say that nobody is meant."""

from datetime import date, datetime

from django.conf import settings

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, Membership, Team, User
from haven.casework.access.roles import ROLES
from haven.pathways.adults.year.recent import Personas
from haven.pathways.adults.year.staff import Worker
from haven.project.demonstration.secrets_of import let_sign_in

IN_POST = date(2015, 1, 1)

NAMES = {
    "public_reporter": "Tom Notionby",
    "partner_professional": "Maricel Halimbawa",
    "provider_contact": "Sonia Modelbrook",
    "duty_officer": "Amara Apeere",
    "practitioner": "Priya Misalkar",
    "manager": "Desmond Samplington",
    "head_of_service": "Grace Yangben",
    "out_of_hours_worker": "Kofi Nhwesode",
    "advocate": "Leyla Ornekci",
    "designated_safeguarding_officer": "Danuta Wzorek",
    "business_support": "Bola Misali-Test",
    "performance_analyst": "Rajesh Udaharan",
    "auditor": "Bridget O'Sampla",
    "board_manager": "Yusuf Tusaale",
    "board_member": "Giulia Esempio",
    "councillor": "Harjit Namoonawala",
    "information_governance_officer": "Samira Mithal",
    "learning_officer": "Wendy Patternhill",
    "authority_administrator": "Linh Vi-Du",
    "platform_operator": "Marek Probnik",
}
IN_TEAMS = {
    "duty_officer": ("Safeguarding hub",),
    "out_of_hours_worker": ("Safeguarding hub",),
    "business_support": ("Safeguarding hub",),
    "practitioner": ("North locality",),
    "manager": ("Safeguarding hub", "North locality", "South locality", "Hospital team"),
}
"""Teams of the authority in which a persona holds the role; the others hold it for the authority as a whole."""


READERS = ("performance_analyst", "head_of_service")
"""Personas who also see the figures of other authorities built in the demonstration."""


def make_personas(authority: Authority) -> dict[str, User]:
    """One account for each role, found where it was made before."""
    personas = {role: _persona(authority, role) for role in ROLES}
    if settings.DEMONSTRATION:
        let_sign_in(list(personas.values()))
    return personas


def _persona(authority: Authority, role: str) -> User:
    user = User.objects.filter(persona=role).first()
    if user is None:
        address = f"{role.replace('_', '.')}@{authority.code}.example"
        user = User.objects.create_user(address, name=NAMES[role], persona=role, telephone="01632 960 111")
    teams: list[Team | None] = list(Team.objects.filter(authority=authority, name__in=IN_TEAMS.get(role, ())))
    for team in teams or [None]:
        Membership.objects.get_or_create(
            user=user, authority=authority, role=role, team=team, defaults={"from_on": IN_POST}
        )
    return user


def also_at(code: str, today: date) -> None:
    """Let those who read figures see another authority's year too; the demonstration's own stays the first they see."""
    authority = Authority.objects.get(code=code)
    for user in User.objects.filter(persona__in=READERS):
        Membership.objects.get_or_create(user=user, authority=authority, role=user.persona, defaults={"from_on": today})


def at_work(users: dict[str, User], authority: Authority, at: datetime) -> Personas:
    """The three who work on cases."""
    teams = {team.name: team for team in Team.objects.filter(authority=authority)}
    worker = {
        role: Worker(users[role], actor_for(users[role], at), teams[IN_TEAMS[role][0]])
        for role in ("duty_officer", "practitioner", "manager")
    }
    return Personas(worker["duty_officer"], worker["practitioner"], worker["manager"])
