"""Who asks for a release, and who releases: those who work on the case."""

import rules

from haven.casework.access.predicates import role_is, works_on_case
from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY

_WORKS_ON_IT = works_on_case & role_is(*CASE_READERS)

rules.add_perm("deliveries.ask_for_release", _WORKS_ON_IT)
rules.add_perm("deliveries.open_release", _WORKS_ON_IT | role_is(*DECIDES) & works_on_case)
rules.add_perm("deliveries.release", _WORKS_ON_IT)
rules.add_perm("deliveries.decline_release", role_is(*DUTY) & works_on_case)
