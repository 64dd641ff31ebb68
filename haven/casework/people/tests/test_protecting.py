"""A protected value is found however it is written, and nothing else is."""

import pytest

from haven.casework.people.protecting import Sought, carried_in, carries, masked

HOME = Sought("address", "Rowan House, 14 Larch Terrace, Eastmere, ZZ3 7QX")
MOBILE = Sought("number", "07700 900123")
EMAIL = Sought("number", "joan.w@example.org")
TOM = Sought("referrer", "Tom Bakersby, Larkfield Surgery, 01632 960099")
KEYS = Sought("home_entry", "Key safe 4471 by the back door")


@pytest.mark.parametrize(
    "said",
    [
        "She is at 14 Larch Terrace now.",
        "14, LARCH  TERRACE",
        "14 Larch Terr.",
        "no. 14 Larch Tce",
        "14Larch Terrace",
        "Larch Terrace, number 14",
        "off Larch Terrace",
        "zz37qx",
        "ZZ3\u00a07QX",
        "Z Z 3 7 Q X",
        "letter_ZZ37QX.pdf",
        "letterZZ37QX.pdf",
        "14&nbsp;Larch&nbsp;Terrace",
        "14%20Larch%20Terrace",
        "14\nLarch\nTerrace",
        '"14\\nLarch Terrace"',
        "14 L\u00e1rch Terrace",
        "14 Larch<br>Terrace",
        "at Rowan House",
        "rowanhouse",
        "\uff11\uff14 Larch Terrace",
        "14 L\u0430rch Terrace",
        "1-4 L.a.r.c.h T-e-r-r-a-c-e",
        "14 Larch",
    ],
)
def test_an_address_is_found_in_every_spelling_and_by_its_parts(said: str) -> None:
    assert carried_in(said, [HOME])


@pytest.mark.parametrize(
    "said",
    [
        "ZZ3&amp;nbsp;7QX",
        "ZZ3&emsp13;7QX",
        "ZZ3&NonBreakingSpace;7QX",
        "ZZ3=C2=A07QX",
        'ZZ3 <mark class="hit">7QX</mark>',
        "ZZ3 <SPAN STYLE='color: red'>7QX</SPAN>",
        "ZZ3<BR>7QX",
        '<p title="ZZ3 7QX">where</p>',
        "\u0396\u03963 7Q\u03a7",
        "ZZ3 7\u051aX",
    ],
)
def test_no_mark_up_escape_or_letter_of_another_script_hides_a_postcode(said: str) -> None:
    assert carried_in(said, [HOME])


@pytest.mark.parametrize(
    "said",
    [
        "07700900123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "0044-7700-900123",
        "O77OO 9OO123",
        "ring 5 times 07700 900123",
        "0 7 7 0 0 9 0 0 1 2 3",
        "tel:+447700900123",
        "900123",
    ],
)
def test_a_telephone_number_is_found_with_any_prefix_and_spacing(said: str) -> None:
    assert carried_in(said, [MOBILE])


@pytest.mark.parametrize("said", ["JOAN.W@EXAMPLE.ORG", "joan.w at example dot org", "mailto:joan.w%40example.org"])
def test_an_email_address_is_found_written_out_too(said: str) -> None:
    assert carried_in(said, [EMAIL])


@pytest.mark.parametrize(
    "said",
    [
        "Tom Bakersby",
        "BAKERSBY, Tom",
        "T. Bakersby",
        "Mr Bakersby",
        "Tom J. Bakersby",
        "larkfield surgery",
        "01632-960099",
    ],
)
def test_who_told_us_is_found_by_name_place_and_number(said: str) -> None:
    assert carried_in(said, [TOM])


@pytest.mark.parametrize("said", ["The code is 4471.", "key safe: 4 4 7 1"])
def test_a_code_of_the_door_is_found(said: str) -> None:
    assert carried_in(said, [KEYS])


@pytest.mark.parametrize(
    "said",
    [
        "",
        "She lives in Eastmere.",
        "114 Larches",
        "The tables were cleared at 14:00.",
        "Her nephew Tom shouted.",
        "ref 14471",
        "01632 960001",
        "AS-7K4M-2QTX",
        "Tomorrow we ring.",
        "37 Queens Road",
        "larchterracotta",
    ],
)
def test_what_gives_nothing_away_is_left_alone(said: str) -> None:
    assert carried_in(said, [HOME, MOBILE, EMAIL, TOM, KEYS]) == []


def test_a_street_that_every_town_has_counts_only_with_its_number() -> None:
    home = Sought("address", "14 High Street, Eastmere")
    assert not carries(["The shop in the High Street"], [home])
    assert carries(["14 High St"], [home]) and carries(["High Street no. 14"], [home])


def test_masking_leaves_the_rest_as_it_stands() -> None:
    said = "Seen at 14 Larch Terrace, ZZ3 7QX; ring 07700 900123 after six."
    assert masked(said, [HOME, MOBILE]) == "Seen at [protected], [protected]; ring [protected] after six."


def test_a_value_never_prints() -> None:
    assert "Larch" not in repr(HOME) + str(HOME) + f"{HOME}"


def test_a_plain_text_is_looked_for_by_its_shape() -> None:
    assert carried_in("at zz3 7qx", ["14 Larch Terrace, ZZ3 7QX"]) and carried_in("+447700900123", ["07700 900123"])
