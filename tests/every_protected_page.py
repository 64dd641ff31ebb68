"""The samples of the pages about what is protected: one value of an open case, one of a report, one that waits."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from every_account_page import Sample

from haven.casework.access.actors import actor_for
from haven.casework.access.models import User
from haven.casework.deliveries.leaving import Outgoing
from haven.casework.deliveries.release import ask_for_release
from haven.casework.people.keeping import keep_protected
from haven.casework.people.models import ProtectedValue
from haven.casework.people.protection import record_address


class ProtectedPages:
    """Where each is, for the head of service, who may open every case."""

    head: User
    actor: Any
    authority: Any
    cases: Any
    reports: Any

    @cached_property
    def kept(self) -> ProtectedValue:
        """A protected address of the newest case's adult."""
        case = self.cases()[0]
        given = {"lines": "7 Fable Mews", "postcode": "ZZ9 9ZZ", "source": "The adult", "protected": True}
        made = record_address(case, person=case.person, by=self.actor, at=timezone.now(), **given)
        assert made.protected_value is not None
        made.protected_value.case = case
        return made.protected_value

    def pages_of_reveal(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.kept.case.reference, self.kept.pk]), self.head)

    pages_of_end_protection = pages_of_reveal

    def pages_of_record_address(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.kept.case.reference, self.kept.person_id]), self.head)

    pages_of_record_number = pages_of_record_home_entry = pages_of_former_names = pages_of_record_address

    def pages_of_visit_sheet(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.kept.case.reference]), self.head)

    def pages_of_reveal_of_report(self, name: str) -> Iterator[Sample]:
        report = self.reports()[0]
        told = {"authority_id": self.authority.pk, "contact_id": report.pk, "by": self.actor, "at": timezone.now()}
        value = keep_protected("referrer", "Tamsin Oddfellow", **told)
        yield Sample(name, reverse(name, args=[report.reference, value.pk]), self.head)

    def pages_of_release(self, name: str) -> Iterator[Sample]:
        case, now = self.kept.case, timezone.now()
        item = Outgoing("email", "kevin@example.org", "Your message", "At 7 Fable Mews.", self.authority.pk, case)
        by = actor_for(User.objects.get(pk=case.worker_id), now) if case.worker_id else self.actor
        asked = ask_for_release(case, item=item, kinds=["address"], by=by, at=now)
        yield Sample(name, reverse(name, args=[asked.pk]), self.head)
