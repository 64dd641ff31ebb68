"""Each reader sees exactly what they may: by who they are, how much they may know, what a part is about and whose."""

from uuid import uuid4

import pytest

from haven.casework.letters.codes import LEVELS, RECIPIENTS
from haven.casework.letters.rendering import QUOTE_LEFT_OUT, Facts, Named, Piece, Reader, Source, shown_to, why_not

JOAN, KEVIN, MAUD = uuid4(), uuid4(), uuid4()
PEOPLE = (
    Named("adult", ("Joan Whitlock", "Joan", "Whitlock"), JOAN),
    Named("alleged_source", ("Kevin Whitlock", "Kevin"), KEVIN),
    Named("other_adult", ("Maud Pettifer", "Maud", "Pettifer"), MAUD),
    Named("referrer", ("Tom Baker", "01632 960 099")),
)
FACTS = Facts(PEOPLE, protected=("4 Almond Row", "ZZ1 4AR"))


def a_part(text: str, **facts: object) -> Piece:
    return Piece(uuid4(), "", text, **{"level": "receipt", **facts})  # type: ignore[arg-type]


def reader(kind: str, name: str = "Somebody", **facts: object) -> Reader:
    return Reader(kind, name, **{"level": "outcome", **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", RECIPIENTS)
def test_another_residents_name_is_in_nobodys_letter_but_their_own(kind: str) -> None:
    part = a_part("Mrs PETTI-\nFER was in the room.")

    assert why_not(part, reader(kind), FACTS) == "names_another"
    assert why_not(part, reader(kind, "Maud Pettifer", person_id=MAUD), FACTS) == ""


@pytest.mark.parametrize("kind", RECIPIENTS)
def test_who_told_us_is_in_nobodys_letter(kind: str) -> None:
    assert why_not(a_part("Tom Baker rang us."), reader(kind), FACTS) == "names_another"
    assert why_not(a_part("Somebody rang from +44 1632 960099."), reader(kind), FACTS) == "names_another"


@pytest.mark.parametrize("kind", ["resident", "alleged_source", "other"])
def test_those_apart_read_of_nobody_but_themselves(kind: str) -> None:
    assert why_not(a_part("Joan is safe."), reader(kind), FACTS) == "names_another"
    assert why_not(a_part("She is safe.", about=frozenset({JOAN})), reader(kind), FACTS) == "names_another"
    assert why_not(a_part("We have finished."), reader(kind), FACTS) == ""


def test_a_name_shared_with_the_reader_does_not_hide_a_part_about_them() -> None:
    kevin = reader("alleged_source", "Kevin Whitlock", person_id=KEVIN, linked=True)
    assert why_not(a_part("Kevin Whitlock may write to us."), kevin, FACTS) == ""


def test_somebody_linked_never_gets_a_protected_value() -> None:
    part = a_part("Write to 4, almond-row.")
    assert why_not(part, reader("agency"), FACTS) == ""
    for linked in (reader("agency", linked=True), reader("representative", linked=True), reader("referrer")):
        assert why_not(part, linked, FACTS) == "protected"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("allowed", LEVELS)
def test_nobody_is_told_more_than_they_may_know(level: str, allowed: str) -> None:
    order = list(LEVELS)
    told = why_not(a_part("It is so.", level=level), reader("referrer", level=allowed), FACTS) == ""
    assert told is (order.index(level) <= order.index(allowed))


def test_a_part_for_some_is_for_no_others_and_agreement_is_asked_of_agencies() -> None:
    part = a_part("What we need.", audience=frozenset({"agency"}), needs_agreement=True)
    assert why_not(part, reader("provider"), FACTS) == "audience"
    assert why_not(part, reader("agency"), FACTS) == "agreement"
    assert why_not(part, reader("agency", adult_agrees=True), FACTS) == ""


def test_words_of_somebody_else_go_back_to_them_and_to_those_the_part_is_for() -> None:
    police = a_part("He was arrested.", source_label="Eastmere Police, PC 12")
    assert why_not(police, reader("provider"), FACTS) == "source"
    assert why_not(police, reader("agency", "Eastmere Police"), FACTS) == ""
    assert why_not(a_part("x y", source_label="GP", audience=frozenset({"agency"})), reader("agency"), FACTS) == ""


def test_what_is_restricted_goes_to_nobody() -> None:
    assert why_not(a_part("Sealed.", restriction="sealed"), reader("adult"), FACTS) == "restricted"


SAID = "officers attended the flat at nine and found him hiding in the yard"


@pytest.mark.parametrize(
    ("source", "name", "left"),
    [
        (Source("Eastmere Police", SAID), "Somebody", True),
        (Source("Eastmere Police", SAID), "Eastmere Police", False),
        (Source("Eastmere Police", SAID, confidential=True), "Eastmere Police", True),
        (Source("Eastmere Police", SAID, restriction="open"), "Somebody", False),
    ],
)
def test_pasted_words_are_left_out_by_a_neutral_mark_for_those_who_may_not_have_them(
    source: Source, name: str, left: bool
) -> None:
    part = a_part("We know that OFFICERS attended the flat,\nat nine and found him hiding, as you asked.")
    shown = shown_to(reader("agency", name), [part], Facts(sources=(source,)))

    assert (QUOTE_LEFT_OUT in shown.words) is left
    assert ("attended the flat" in shown.words) is not left
    assert shown.quotes == int(left)


def test_open_words_of_somebody_else_say_whose_they_are() -> None:
    shown = shown_to(reader("agency"), [a_part(SAID)], Facts(sources=(Source("the GP", SAID, restriction="open"),)))
    assert shown.words.endswith("[from the GP]")


def test_five_words_in_a_row_are_anybodys() -> None:
    shown = shown_to(reader("agency"), [a_part("officers attended the flat at")], Facts(sources=(Source("P", SAID),)))
    assert QUOTE_LEFT_OUT not in shown.words
