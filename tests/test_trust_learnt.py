"""A fact about a person shows only to whom the case shows in which it was learnt, and still warns (TR-03, PR-05)."""

from datetime import timedelta
from typing import Any

import pytest

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.access.policies import parts
from haven.casework.cases.models import Case
from haven.casework.deliveries.leaving import Outgoing, given_away
from haven.casework.desk.facts import PersonFacts, person_facts
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import FLAGS, RING_FIRST, WARNS
from haven.casework.people.finding import find_people
from haven.casework.people.models import Address, ContactPoint, Flag, Person, ProtectedValue, Relationship
from haven.casework.people.protection import record_address, record_home_entry, record_number
from haven.casework.people.recording import add_contact_point, add_flag, add_person
from haven.casework.watch.keeping import keep_case, lift_case
from haven.pathways.adults.operations import name_alleged_source, record_safe_contact
from haven.pathways.adults.operations.enquiry import NotAppropriate, _must_be_appropriate
from haven.pathways.adults.operations.report import accept_report
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, actor_of_user, make_case, make_report, make_user

SAID = "Ring the guardian before you visit, ring or write"
FACTS: tuple[Any, ...] = (Flag, Address, ContactPoint, Relationship, ProtectedValue)
SECRET = ("9 Larch Terrace", "ZZ3 7QX", "07700 900 321", "Visit in pairs", "Rex", "ZZ8 8ZZ", "Mobility")


@pytest.fixture
def kept(authority: Any, teams: Teams, joan: Person, desmond: Actor) -> Case:
    """Another case about Joan, in which a fact of each kind was learnt, and which Desmond then sealed."""
    case = make_case(authority, teams.north, joan)
    Case.objects.filter(pk=case.pk).update(worker_id=desmond.user_id, manager_id=desmond.user_id)
    case.refresh_from_db()
    learn(case, desmond)
    seal(case, desmond)
    return Case.objects.get(pk=case.pk)


def learn(case: Case, by: Actor) -> None:
    """A fact of every kind, by the operations that record one where there are any."""
    told: dict[str, Any] = {"person": case.person, "by": by, "at": TUESDAY}
    record_address(case, lines="9 Larch Terrace", postcode="ZZ3 7QX", kind="stays", protected=False, **told)
    record_address(case, lines="Rowan House refuge", postcode="ZZ8 8ZZ", kind="stays", protected=True, **told)
    record_number(case, kind="mobile", value="07700 900 321", protected=False, **told)
    record_home_entry(case, words="Key safe 4471", **told)
    rex = add_person(at=TUESDAY, given_name="Rex", family_name="Sample")
    name_alleged_source(case, person=rex, by=by, at=TUESDAY)
    for kind in ("visit_in_pairs", "mobility"):
        add_flag(case.person, authority_id=case.authority_id, kind=kind, learnt_in_id=case.pk, at=FRIDAY)


def seal(case: Case, by: Actor) -> None:
    keep_case(
        case, restriction="sealed", because="other", words="A councillor is concerned.",
        keepers=[User.objects.get(pk=by.user_id)], review_on=(TUESDAY + timedelta(days=28)).date(), by=by, at=TUESDAY,
    )  # fmt: skip


def facts_for(reader: Actor, person: Person) -> PersonFacts:
    wall.open_for(reader)
    return person_facts(person, reader, TUESDAY.date())


def labels(facts: PersonFacts) -> list[str]:
    return [row["label"] for row in facts.flags]


def test_what_was_learnt_in_a_sealed_case_shows_to_its_keeper_alone(
    case: Case, kept: Case, joan: Person, priya: Actor, desmond: Actor
) -> None:
    theirs, keepers = facts_for(priya, joan), facts_for(desmond, joan)

    assert [row["lines"] for row in theirs.addresses] == ["4 Almond Row, Eastmere"]
    assert (theirs.numbers, theirs.relationships, labels(theirs)) == ([], [], [SAID])
    assert len(keepers.addresses) == 3 and keepers.numbers and keepers.risks
    assert labels(keepers) == ["Visit in pairs", "Mobility"]


@pytest.mark.parametrize("model", FACTS)
def test_the_database_gives_nobody_else_a_row_of_it(
    model: Any, case: Case, kept: Case, priya: Actor, desmond: Actor
) -> None:
    learnt = set(model.objects.filter(learnt_in_id=kept.pk).values_list("pk", flat=True))
    assert learnt

    wall.open_for(priya)
    assert not model.objects.filter(pk__in=learnt).exists()
    assert model.objects.filter(pk__in=learnt).update(authority_id=case.authority_id) == 0
    wall.open_for(desmond)
    assert model.objects.filter(pk__in=learnt).count() == len(learnt)


def test_no_page_of_somebody_else_tells_of_it(sign_in: Any, case: Case, kept: Case, joan: Person, priya: Actor) -> None:
    browser = sign_in(priya)
    pages = (f"/people/{joan.pk}/", f"/cases/{case.reference}/", f"/cases/{case.reference}/visit-sheet")
    for where in pages:
        page = browser.get(where)
        assert page.status_code == 200
        assert [word for word in SECRET if word in page.content.decode()] == []
        assert SAID in page.content.decode()
    found = browser.post("/search", {"q": "ZZ3 7QX"}).content.decode()
    assert "Whitlock" not in found


def test_nobody_is_found_by_a_postcode_learnt_in_a_sealed_case(
    case: Case, kept: Case, joan: Person, priya: Actor, desmond: Actor
) -> None:
    wall.open_for(priya)
    assert find_people(postcode="ZZ3 7QX") == []
    assert [match.person for match in find_people(postcode="ZZ1 4AR")] == [joan]
    wall.open_for(desmond)
    assert [match.person for match in find_people(postcode="ZZ3 7QX")] == [joan]


def test_somebody_known_by_nothing_but_such_a_fact_is_not_known(
    case: Case, kept: Case, authority: Any, amara: Actor, priya: Actor, desmond: Actor
) -> None:
    cousin = add_person(at=TUESDAY, given_name="Nell", family_name="Sample")
    where: dict[str, Any] = {"authority_id": authority.pk, "by": amara, "at": TUESDAY}
    add_contact_point(cousin, kind="phone", value="01632 960 777", learnt_in_id=kept.pk, **where)

    wall.open_for(priya)
    assert not Person.objects.filter(pk=cousin.pk).exists()
    wall.open_for(desmond)
    assert Person.objects.filter(pk=cousin.pk).exists()


def test_the_desk_is_warned_beside_a_report_and_not_told_why(
    sign_in: Any, amara: Actor, authority: Any, neighbour: Actor, case: Case, kept: Case, joan: Person
) -> None:
    named = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    make_report(authority, neighbour, adults=[named])
    page = sign_in(amara).get("/duty").content.decode()

    assert "ring the guardian first" in page
    assert "visit in pairs" not in page and "mobility" not in page


def test_a_flag_that_warns_of_nothing_is_not_hinted_at(
    authority: Any, teams: Teams, case: Case, joan: Person, priya: Actor, desmond: Actor
) -> None:
    other = make_case(authority, teams.north, joan)
    Case.objects.filter(pk=other.pk).update(worker_id=desmond.user_id, manager_id=desmond.user_id)
    other.refresh_from_db()
    add_flag(joan, authority_id=authority.pk, kind="mobility", learnt_in_id=other.pk, at=FRIDAY)
    seal(other, desmond)

    assert labels(facts_for(priya, joan)) == []


@pytest.mark.parametrize("kind", WARNS)
def test_each_warning_by_itself_warns_and_no_longer_than_it_stands(
    kind: str, authority: Any, teams: Teams, case: Case, joan: Person, priya: Actor, desmond: Actor
) -> None:
    other = make_case(authority, teams.north, joan)
    Case.objects.filter(pk=other.pk).update(restriction="sealed", worker_id=desmond.user_id)
    flag = add_flag(joan, authority_id=authority.pk, kind=kind, learnt_in_id=other.pk, at=FRIDAY)
    assert labels(facts_for(priya, joan)) == [SAID]

    wall.open_to_all()
    Flag.objects.filter(pk=flag.pk).update(ended_on=TUESDAY.date())

    assert labels(facts_for(priya, joan)) == []


def test_opened_again_the_facts_show_by_themselves(
    case: Case, kept: Case, joan: Person, priya: Actor, desmond: Actor
) -> None:
    lift_case(kept, reasons="The councillor has moved away.", by=actor_of_user(User.objects.get(pk=desmond.user_id)),
              at=TUESDAY)  # fmt: skip

    shown = facts_for(priya, joan)
    assert len(shown.addresses) == 3 and shown.numbers and shown.risks
    assert labels(shown) == ["Visit in pairs", "Mobility"]


def test_what_leaves_is_still_compared_with_everything(
    case: Case, kept: Case, authority: Any, amara: Actor, priya: Actor
) -> None:
    rex = Person.objects.get(given_name="Rex")
    where: dict[str, Any] = {"authority_id": authority.pk, "by": amara, "at": TUESDAY}
    add_contact_point(rex, kind="email", value="rex@example.org", learnt_in_id=kept.pk, **where)
    wall.open_for(priya)
    words = "She is at Rowan House refuge, ZZ8 8ZZ."
    message = Outgoing("email", "rex@example.org", "Your message", words, case.authority_id, case)

    assert given_away(message)


def test_somebody_who_is_a_risk_by_a_sealed_case_supports_nobody(case: Case, kept: Case, priya: Actor) -> None:
    rex = Person.objects.get(given_name="Rex")
    wall.open_for(priya)

    with pytest.raises(NotAppropriate, match="Ring the guardian"):
        _must_be_appropriate(case, rex, suitable=True)


def test_safe_contact_told_in_a_sealed_case_warns_everybody_and_its_words_show_to_the_keeper(
    case: Case, kept: Case, joan: Person, priya: Actor, desmond: Actor
) -> None:
    wall.open_to_all()
    record_safe_contact(
        kept, how="Through the refuge", who_must_not_know="Rex", never=["no_post"], version=joan.safe_contact.version,
        by=actor_of_user(User.objects.get(pk=desmond.user_id)), at=TUESDAY,
    )  # fmt: skip

    wall.open_for(priya)
    safe = Person.objects.get(pk=joan.pk).safe_contact
    assert "no post" in safe.warnings()
    assert "refuge" not in safe.how and safe.who_must_not_know == ""
    assert not ProtectedValue.objects.filter(kind="reach").exists()
    wall.open_for(desmond)
    assert ProtectedValue.objects.filter(kind="reach").count() == 1


def test_where_a_report_says_somebody_new_is_belongs_to_the_case_it_becomes(
    authority: Any, neighbour: Actor, amara: Actor, teams: Teams
) -> None:
    [concern] = accept_report(make_report(authority, neighbour), by=amara, at=TUESDAY)

    assert [each.learnt_in_id for each in Address.objects.filter(person=concern.case.person)] == [concern.case_id]


def test_the_guardian_reads_whom_to_ring_and_nobody_else_does(
    sign_in: Any, authority: Any, case: Case, kept: Case, desmond: Actor, grace: Actor
) -> None:
    samira = actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))
    page = sign_in(samira).get("/guardian").content.decode()

    assert case.reference in page and "Desmond Clarke" in page and "01632 960 123" in page
    assert [word for word in SECRET if word in page] == []
    assert case.reference not in sign_in(grace).get("/guardian").content.decode()


def test_the_wall_warns_of_the_same_flags_as_the_people_part(db: None) -> None:
    assert parts.WARNS == WARNS
    assert set(WARNS) < set(FLAGS) and RING_FIRST not in FLAGS
