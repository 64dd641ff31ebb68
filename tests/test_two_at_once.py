"""Two people change one thing: the second sees what the first saved beside their own, and nobody's is lost (TR-32)."""

import pytest
from django.urls import reverse
from django.utils import timezone
from giving import given_of

from haven.casework.access.models import Authority, User
from haven.casework.access.operations.settings import set_idle_minutes
from haven.casework.cases.models import CaseNote
from haven.casework.cases.operations import add_case_note, supersede_case_note
from haven.casework.contacts.models import Contact
from haven.casework.disclosure.packing import answer_item
from haven.casework.disclosure.sharing import write_part
from haven.project.testing.people import actor_of_user, make_user, signed_in

MINE, THEIRS = "What I wrote in the meantime.", "What my colleague saved."


def version_on(page) -> str:
    """What the form of this page carries."""
    return page.content.decode().split('name="_version" value="')[-1].split('"')[0]


def sent_late(browser, url, typed, colleague):
    """Open the form, let a colleague save, and send it: the page that follows."""
    version = version_on(browser.get(url))
    colleague()
    return browser.post(url, {**typed, "_version": version})


def must_show_both_then_take_mine(browser, url, typed, stale):
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Someone changed this while you were writing" in page and MINE in page and THEIRS in page
    assert "What my colleague saved" in page and 'name="_kept"' not in page
    assert browser.post(url, {**typed, "_version": version_on(stale)}).status_code == 302


@pytest.fixture
def given(case, desmond):
    """Something written for two people, and a pack."""
    return given_of(case, desmond)


def test_a_part_of_what_is_written_for_several(given, desmond, case):
    part, browser = given["part"], signed_in(User.objects.get(pk=desmond.id))
    url = reverse("change-part", args=[case.reference, given["writing"].pk, part.pk])
    typed = {"heading": "What happens", "text": MINE, "restriction": "open", "level": "receipt"}

    def colleague():
        write_part(given["writing"], part=part, heading="What happens", text=THEIRS, level="receipt", by=desmond,
                   at=timezone.now())  # fmt: skip

    must_show_both_then_take_mine(browser, url, typed, sent_late(browser, url, typed, colleague))
    part.refresh_from_db()
    assert part.text == MINE


def test_an_item_of_a_pack(given, desmond, case):
    item, browser = given["pack"].items.filter(kind="note").first(), signed_in(User.objects.get(pk=desmond.id))
    url = reverse("answer-item", args=[case.reference, given["pack"].pk, item.pk])
    typed = {"answer": "include", "words": MINE}

    def colleague():
        item.pack = given["pack"]
        answer_item(item, answer="include", words=THEIRS, by=desmond, at=timezone.now())

    must_show_both_then_take_mine(browser, url, typed, sent_late(browser, url, typed, colleague))


def test_a_correction_of_a_note_follows_the_colleagues_correction(case, priya):
    at = timezone.now()
    note = add_case_note(case, how="visit", happened_at=at, words="Seen.", by=priya, at=at)
    browser = signed_in(User.objects.get(pk=priya.id))
    url = reverse("supersede-case-note", args=[case.reference, note.pk])
    typed = {"words": MINE, "reason": "The day was wrong."}

    def colleague():
        supersede_case_note(note, words=THEIRS, reason="Not clear.", by=priya, at=at)

    must_show_both_then_take_mine(browser, url, typed, sent_late(browser, url, typed, colleague))
    theirs = CaseNote.objects.get(words=THEIRS)
    assert theirs.superseded_by.words == MINE
    assert CaseNote.objects.get(pk=note.pk).superseded_by == theirs


def test_how_long_a_screen_stays_open(authority):
    linh = make_user("Linh Vi", authority, "authority_administrator")
    browser, url = signed_in(linh), reverse("screen-lock", args=[authority.code])

    def colleague():
        set_idle_minutes(authority, idle_minutes=20, by=actor_of_user(linh), at=timezone.now())

    stale = sent_late(browser, url, {"idle_minutes": "10"}, colleague)

    assert stale.status_code == 409
    assert Authority.objects.get(pk=authority.pk).idle_minutes == 20


def test_a_first_look(report, amara, desmond):
    browser = signed_in(User.objects.get(pk=amara.id))
    url = reverse("report", args=[report.reference])
    typed = {"safe_tonight": "no", "urgency": "act_now", "words": MINE}

    def colleague():
        signed_in(User.objects.get(pk=desmond.id)).post(
            url, {"safe_tonight": "yes", "urgency": "routine", "words": THEIRS}
        )

    stale = sent_late(browser, url, typed, colleague)

    assert stale.status_code == 409
    assert Contact.objects.get(pk=report.pk).urgency == "routine"
    assert MINE in stale.content.decode()
    assert browser.post(url, {**typed, "_version": version_on(stale)}).status_code == 302
    assert Contact.objects.get(pk=report.pk).urgency == "act_now"
