"""Who may set an authority's own numbers; a job may, so that a new authority can be set up."""

import rules

from haven.casework.access.predicates import is_job, role_is

rules.add_perm("clocks.set_policy", role_is("authority_administrator", "head_of_service") | is_job)
