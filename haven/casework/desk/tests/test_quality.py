"""The page of the rules: counts for who answers for the records, lists for who may open them, silence said aloud."""

from django.utils import timezone

from haven.casework.cases.models import Case
from haven.casework.upkeep.counting import count_findings
from haven.casework.upkeep.turns import look_after
from haven.project.testing.people import make_user, signed_in


def test_the_page_says_what_is_wrong_why_it_matters_and_how_many(case, desmond, sign_in):
    Case.objects.filter(pk=case.pk).update(worker=None)
    count_findings(timezone.now())
    look_after(timezone.now())

    said = sign_in(desmond).get("/quality").content.decode()

    assert "Open case without a worker" in said and "Nobody is looking after the adult." in said
    assert "All have run when they were due." in said
    assert "These counts are old" not in said


def test_a_night_that_was_missed_and_a_worker_that_stopped_are_said_out_loud(db: None, desmond, sign_in):
    said = sign_in(desmond).get("/quality").content.decode()

    assert "Nothing has been counted yet." in said
    assert "Nobody looks after the timed jobs" in said


def test_the_list_is_a_look_at_each_case_on_it(case, desmond, sign_in, shown):
    Case.objects.filter(pk=case.pk).update(worker=None)

    answer = sign_in(desmond).get("/quality/case_without_worker/")

    assert case.reference in answer.content.decode()
    assert ("case", case.pk) in shown()


def test_a_rule_that_is_not_there_is_not_found(desmond, sign_in):
    assert sign_in(desmond).get("/quality/no_such_rule/").status_code == 404


def test_who_runs_the_service_sees_counts_and_no_list(case, authority):
    Case.objects.filter(pk=case.pk).update(worker=None)
    count_findings(timezone.now())
    browser = signed_in(make_user("Marek Probnik", authority, "platform_operator"))

    assert "Open case without a worker" in browser.get("/quality").content.decode()
    assert browser.get("/quality/case_without_worker/").status_code == 404
