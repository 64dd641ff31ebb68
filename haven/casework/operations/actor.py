"""Actor: whoever does a thing, whether a person signed in, a partner's system, the public or a job."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.casework.operations.refusals import NotAllowed


@dataclass(frozen=True)
class Tie:
    """One relationship of the actor's own to one case: of what kind, for what reason, until when (TR-02)."""

    id: UUID
    case_id: UUID
    kind: str
    reason: str = ""
    until_at: datetime | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts, with what roles, for which authorities and teams, as of one moment.

    `kind` is user, partner, public or job. A job or the public never decides and never closes (TR-19). `case_team_ids`
    are the teams in which their own role reads cases, where business support in the team does not. `case_ids` are
    cases they may read by a relationship of their own; `conflict_ids` people whose cases they must not reach (TR-05).
    `ties` are those relationships, an advocate's too: an advocate reads the plan alone, never the case (R-097).
    """

    kind: str
    id: UUID | None = None
    name: str = ""
    authority_ids: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    roles_at: frozenset[tuple[UUID, str]] = frozenset()
    case_ids: frozenset[UUID] = frozenset()
    conflict_ids: frozenset[UUID] = frozenset()
    ties: tuple[Tie, ...] = ()
    case_team_ids: frozenset[UUID] = frozenset()

    @classmethod
    def public(cls, authority_id: UUID) -> "Actor":
        """A member of the public, about whom nothing is known."""
        return cls("public", None, "A member of the public", frozenset({authority_id}), frozenset({"public_reporter"}))

    @classmethod
    def job(cls, name: str, authority_ids: frozenset[UUID] = frozenset()) -> "Actor":
        """A timed or background piece of work, named for what it does."""
        return cls("job", None, name, authority_ids)

    @property
    def is_user(self) -> bool:
        """A named person, signed in."""
        return self.kind == "user"

    @property
    def user_id(self) -> UUID:
        """The account of the named person acting; refused where a machine or the public acts (TR-19)."""
        if not self.is_user or self.id is None:
            raise NotAllowed("Only a named person, signed in, can do this.")
        return self.id

    def tied(self, case_id: UUID, *kinds: str) -> Tie | None:
        """The relationship of one of these kinds (of any, where none is given) that the actor has to this case."""
        return next((tie for tie in self.ties if tie.case_id == case_id and (not kinds or tie.kind in kinds)), None)

    def has_role(self, *roles: str) -> bool:
        """Holds one of these roles anywhere."""
        return not self.roles.isdisjoint(roles)

    def authorities_as(self, *roles: str) -> list[UUID]:
        """The authorities for which they hold one of these roles."""
        return sorted({authority for authority, role in self.roles_at if role in roles})

    def has_role_at(self, authority_id: UUID | None, *roles: str) -> bool:
        """Holds one of these roles for this authority."""
        return any((authority_id, role) in self.roles_at for role in roles)
