"""Who may do what to any case: those in a relationship to it."""

import rules

from haven.casework.access.predicates import notes_on_case, reads_case, role_is, works_on_case
from haven.casework.access.roles import CASE_READERS

rules.add_perm("cases.view_case", reads_case)
rules.add_perm("cases.add_case_note", (works_on_case | notes_on_case) & role_is(*CASE_READERS))
rules.add_perm("cases.supersede_case_note", works_on_case & role_is(*CASE_READERS))
