"""Whom and what the pages are asked about: different people and cases each time, drawn by the seed."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.project.bench.asking import Asked, sign_in
from haven.project.bench.typing_in import typed_report

Cookies = tuple[tuple[str, str], ...]


@dataclass
class Subjects:
    """The requests for each page, `n` of each. Needs a seeded database that this session may see all of."""

    n: int
    rng: Random
    at: datetime
    signed_in: dict[User, Cookies] = field(default_factory=dict)

    def cookies(self, user: User) -> Cookies:
        if user not in self.signed_in:
            self.signed_in[user] = sign_in(user)
        return self.signed_in[user]

    def holders(self, role: str) -> list[User]:
        """Those who hold a role, at every authority, in an order drawn by the seed."""
        found = list(User.objects.filter(memberships__role=role).order_by("pk").distinct())
        return self.rng.sample(found, len(found))

    def by(self, role: str, path: str) -> list[Asked]:
        """A page asked for by each of those in a role in turn."""
        users = self.holders(role)
        return [Asked(path, self.cookies(users[i % len(users)])) for i in range(self.n)]

    def cases(self) -> list[Case]:
        """Cases with a worker, two in three of them open."""
        readable = Case.objects.filter(restriction="open").exclude(worker=None).select_related("worker")
        shares = ((readable.open(), self.n * 2 // 3), (readable.exclude(closed_at=None), self.n - self.n * 2 // 3))
        found: list[Case] = []
        for cases, wanted in shares:
            ids = list(cases.order_by("pk").values_list("pk", flat=True))
            found += cases.filter(pk__in=self.rng.sample(ids, min(wanted, len(ids))))
        return self.rng.sample(found, len(found))

    def case_pages(self) -> list[Asked]:
        return [Asked(f"/cases/{case.reference}/", self.cookies(_worker(case))) for case in self.cases()]

    def person_pages(self) -> list[Asked]:
        return [Asked(f"/people/{case.person_id}/", self.cookies(_worker(case))) for case in self.cases()]

    def searches(self) -> list[Asked]:
        """By name, as a duty officer types it."""
        people = [case.person for case in self.cases()]
        users = self.holders("duty_officer")
        return [
            Asked("/search", self.cookies(users[i % len(users)]), (("q", f"{person.given_name} {person.family_name}"),))
            for i, person in enumerate(people)
        ]

    def reports(self) -> list[Asked]:
        """The last page of the public form, with everything typed."""
        councils = list(Authority.objects.order_by("code"))
        asked = []
        for i in range(self.n):
            council = councils[i % len(councils)]
            asked.append(Asked(f"/{council.code}/tell-us/check/", (typed_report(council, self.at),), (), 302))
        return asked


def _worker(case: Case) -> User:
    assert case.worker is not None
    return case.worker
