"""A statement compiled once gives what the queryset gives, for whatever it is given afterwards."""

from datetime import date, timedelta

from haven.casework.desk.compiled import Compiled
from haven.casework.desk.facts import CASE, PERSON, person_facts
from haven.casework.people.models import Person
from haven.casework.people.recording import add_flag
from haven.project.testing.people import FRIDAY

NAMES = Compiled(lambda pk, others: Person.objects.filter(pk=pk).exclude(pk__in=others).values_list("given_name"))


def test_it_answers_for_each_record_it_is_given(joan, kevin):
    assert NAMES.row(joan.pk, (kevin.pk,)) == ["Joan"]
    assert NAMES.row(kevin.pk, (joan.pk,)) == ["Kevin"]
    assert NAMES.row(joan.pk, (kevin.pk, joan.pk)) == []


def test_it_is_compiled_once_for_each_length_of_a_list(joan, kevin):
    statement = Compiled(NAMES.build)

    for others in ((kevin.pk,), (joan.pk,), (kevin.pk, joan.pk)):
        statement.row(joan.pk, others)

    assert len(statement.made) == 2


def test_a_day_given_later_is_the_day_asked_about(joan, amara, authority):
    flag = add_flag(joan, authority_id=authority.pk, kind="visit_in_pairs", at=FRIDAY)
    type(flag).objects.update(ended_on=date(2026, 3, 8))

    flags = [len(person_facts(joan, amara, date(2026, 3, 6) + timedelta(days=n)).flags) for n in (0, 1, 2, 3)]

    assert flags == [1, 1, 0, 0]


def test_facts_of_another_authority_are_left_out(joan, elsewhere_worker, amara):
    assert person_facts(joan, amara, FRIDAY.date()).addresses
    assert not person_facts(joan, elsewhere_worker, FRIDAY.date()).addresses


def test_the_compiled_statements_ask_what_the_querysets_ask(case, authority):
    today = FRIDAY.date()
    reader = (case.worker_id, (case.pk,), (case.pk,))
    slow = list(PERSON.build(case.person_id, today, (authority.pk,), *reader).get())

    assert PERSON.row(case.person_id, today, (authority.pk,), *reader) == slow
    assert CASE.row(case.pk) == list(CASE.build(case.pk).get())
