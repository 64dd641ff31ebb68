"""The page of everything that waits: what it counts, and where it leads."""

import dataclasses

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from haven.casework.deliveries.models import Delivery
from haven.casework.desk.waiting import of_each_state
from haven.casework.documents.keeping import keep_document
from haven.casework.waiting.counting import standing_for
from haven.casework.waiting.states import queue_of, states
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_user


@pytest.mark.parametrize("who", ["amara", "desmond", "linh"])
def test_the_page_leads_to_each_list_the_reader_may_open_and_to_no_other(report, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    page = browser.get(reverse("waiting")).content.decode().split("<main")[1]

    opened = {queue_of(one): browser.get(queue_of(one)).status_code != 404 for one in states()}
    assert {href: f'href="{href}"' in page for href in opened} == opened
    assert any(opened.values())


def test_what_waits_in_no_list_of_the_readers_is_counted_all_the_same(case, authority, sign_in):
    auditor = actor_of_user(make_user("Bridget Sample", authority, "auditor"))
    tied = dataclasses.replace(auditor, case_ids=frozenset({case.pk}))

    line = next(line for line in of_each_state(tied, TUESDAY) if line.standing.waiting.code == "adults.concern")

    assert (line.opens, line.standing.of_all.n) == (False, 1)


def test_a_guardian_counts_the_files_that_their_page_lists(case, authority, desmond, sign_in):
    keep_document(ContentFile(b"A rota.", name="rota.txt"), authority_id=authority.pk, case=case, by=desmond, at=FRIDAY)
    guardian = actor_of_user(make_user("Samira Mithal", authority, "information_governance_officer"))

    standing = next(one for one in standing_for(guardian, TUESDAY) if one.waiting.code == "files.not_scanned")
    lists = sign_in(guardian).get(reverse("waiting-files")).context["lists"]

    assert standing.of_all.n == 1 == next(each.count for each in lists if each.title == "Not scanned")


def test_what_could_not_be_sent_is_listed_by_its_case(case, desmond, sign_in, shown):
    facts = {"authority": case.authority, "case": case, "channel": "email", "purpose": "feedback",
             "to_address": "tom@example.org", "subject": "From the council", "body": "Thank you."}  # fmt: skip
    Delivery.objects.create(**facts, created_at=FRIDAY, due_at=FRIDAY, state="dead", settled_at=FRIDAY)

    page = sign_in(desmond).get(reverse("waiting-for", args=["deliveries.dead"])).content.decode()

    assert case.reference in page
    assert "tom@example.org" not in page
    assert ("case", case.pk) in shown()


def test_a_state_nobody_knows_is_not_found(amara, sign_in):
    assert sign_in(amara).get(reverse("waiting-for", args=["nowhere"])).status_code == 404
