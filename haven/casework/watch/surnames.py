"""How much a shared surname says: a weight for the watch, never by itself an alert or a block (PR-26)."""

from math import log
from uuid import UUID

from haven.casework.cases.models import Case
from haven.casework.people.models import Person
from haven.lib.text import normalise

ENOUGH = 50
"""People below which nothing can be said of how common a name is locally."""


def weight_of_surname(name: str, authority_id: UUID | None = None) -> float:
    """From 0 (as common as can be, or nothing can be said) to 1 (nobody else here has it).

    How rare the surname is among the people whose cases the authority (or the deployment) holds, on a logarithmic
    scale: of 1,000 people, a name borne by 1 weighs 0.90, by 10 0.65, by 100 0.33. Computed, never stored.
    """
    surname = normalise(name)
    cases = Case.objects.filter(authority_id=authority_id) if authority_id else Case.objects.all()
    local = Person.objects.filter(pk__in=cases.values("person_id"))
    everybody = local.count()
    if not surname or everybody < ENOUGH:
        return 0.0
    bearers = local.filter(family_name__iexact=name.strip()).count()
    return max(0.0, 1.0 - log(1 + bearers) / log(1 + everybody))
