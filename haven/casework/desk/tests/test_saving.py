"""Saving through an operation: errors asked again, refusals said, colleagues' words kept, sent twice done once."""

from django import forms
from django.test import RequestFactory

from haven.casework.cases.events import NOTE_ADDED
from haven.casework.desk.saving import save
from haven.casework.events.recording import record
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.people.models import SafeContact
from haven.design.forms import GovForm
from haven.project.testing.people import TUESDAY


class SayHow(GovForm):
    how = forms.CharField(label="How to reach them")


class NotThen(Refusal):
    """It cannot be done then."""

    field = "how"


def posted(actor, **data):
    request = RequestFactory().post("/somewhere", data)
    request.actor, request.session = actor, {}
    return request


def set_how(safe, *, how, version=None, by, at):
    change(safe, version=version, how=how)
    record(NOTE_ADDED, subject=safe, by=by, at=at)


def test_answers_go_to_the_operation_with_the_version_the_form_opened(joan, amara):
    given = {}

    def run(*, how, version=None, by, at):
        given.update(how=how, version=version, by=by)

    request = posted(amara, how="Ring", _version="4")
    answer = save(request, SayHow(request.POST), run, "/next")

    assert (answer.status_code, answer.url) == (302, "/next")
    assert given == {"how": "Ring", "version": 4, "by": amara}


def test_a_refusal_stands_in_the_form_on_the_question_it_names(joan, amara):
    def run(*, how, by, at):
        raise NotThen("Nobody is there on Sundays. Choose another way.")

    request = posted(amara, how="Visit on Sunday")
    form = SayHow(request.POST)

    assert save(request, form, run, "/next") is None
    assert form.errors["how"] == ["Nobody is there on Sundays. Choose another way."]
    assert form["how"].value() == "Visit on Sunday"


def test_when_a_colleague_saved_first_both_texts_are_shown_and_nothing_is_overwritten(joan, amara, priya):
    opened = SafeContact.objects.get(person=joan)
    theirs = SafeContact.objects.get(person=joan)
    set_how(theirs, how="Through her sister", version=opened.version, by=priya, at=TUESDAY)
    request = posted(amara, how="Her landline", _version=str(opened.version))

    def run(*, how, version=None, by, at):
        set_how(opened, how=how, version=version, by=by, at=at)

    answer = save(request, SayHow(request.POST), run, "/next")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("Her landline", "Through her sister", "Priya Nair", "How to reach them"))
    assert f'name="_version" value="{opened.version + 1}"' in page
    assert SafeContact.objects.get(person=joan).how == "Through her sister"


def test_sent_twice_it_is_done_once(joan, amara):
    done = []
    request = posted(amara, how="Ring", _key="01a2055e-5045-7415-bfcc-e1d75f1d98f6")

    def run(*, how, by, at):
        done.append(how)

    answers = [save(request, SayHow(request.POST), run, "/next") for _ in range(2)]

    assert [answer.url for answer in answers] == ["/next", "/next"]
    assert done == ["Ring"]
