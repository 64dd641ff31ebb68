"""The words of the field, as people it concerns would wish to read them (PR-36)."""

import ast
import re

import pytest
from house import HAVEN, files, name, said

# Each word we do not use, and what we say.
INSTEAD = {
    r"\bvulnerab(le|ility)\b": "the adult, or an adult at risk",
    r"\bvictims?\b": "the adult, or the person harmed",
    r"\bperpetrators?\b": "alleged source of harm, or person alleged to have caused harm",
    r"\babusers?\b": "alleged source of harm",
    r"\bfail(ed|s|ing|ure)? to engage\b": "we have not reached them",
    r"\bnon-?engag(ing|ement)\b": "we have not reached them",
    r"\ballegations? (is |are |was |were )?(proven|unproven|substantiated)\b": "what the enquiry concluded",
    r"\b(he|she|they|adult|person|who|family|carer|and)( has| have| had)? refused\b": "declined",
    r"\binstitutional abuse\b": "Organisational abuse",
    r"\btickets?\b": "case, contact or task",
    r"\bclients?\b": "the adult",
    r"\bservice users?\b": "the adult",
    r"(?-i:\bSLAs?\b)": "timescale",
}
FORBIDDEN = {re.compile(pattern, re.IGNORECASE): instead for pattern, instead in INSTEAD.items()}

# What a page is made of besides words: addresses, tags, attributes that no one reads.
NOT_WORDS = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)

SAYS_TO_PEOPLE = [path for path in files(".html", ".md", ".yaml", under=HAVEN) if "tests" not in path.parts]
SAYS_IN_CODE = [
    path
    for path in files(".py", under=HAVEN)
    if "tests" not in path.parts and {"casework", "pathways", "design", "assurance"}.intersection(path.parts)
]

# "PR-19" and "R-044" say nothing to anybody who uses the pages: the law is named, or local procedure.
MARK = re.compile(r"\b(PR|TR|[FRST])-\d{2,3}\b")


def translated(tree):
    """What is said to people: the texts given to gettext, under its usual name here."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    texts = (call.args[0] for call in calls if call.func.id in ("_", "gettext_lazy", "gettext") and call.args)
    return [text.value for text in texts if isinstance(text, ast.Constant)]


def shown_of(path):
    """What of a template, a letter or a list of published remarks people come to read."""
    text = NOT_WORDS.sub("", path.read_text(encoding="utf-8"))
    return re.sub(r"(?m)^\s*#.*$", "", text) if path.suffix == ".yaml" else text


def broken_in(text: str) -> list[str]:
    return [f"{found.group()!r}: say {instead}" for word, instead in FORBIDDEN.items() for found in word.finditer(text)]


@pytest.mark.parametrize("path", SAYS_TO_PEOPLE, ids=name)
def test_pages_and_letters_use_the_words_of_the_field(path):
    assert broken_in(shown_of(path)) == []


@pytest.mark.parametrize("path", SAYS_TO_PEOPLE, ids=name)
def test_no_page_or_letter_cites_the_builders_lists(path):
    if path.name != "README.md":
        assert MARK.findall(shown_of(path)) == []


def test_no_label_or_message_cites_the_builders_lists():
    found = {name(path): [text for text in translated(ast.parse(path.read_text(encoding="utf-8"))) if MARK.search(text)]
             for path in SAYS_IN_CODE}  # fmt: skip

    assert {path: texts for path, texts in found.items() if texts} == {}


def test_labels_messages_and_codes_use_the_words_of_the_field():
    found = {name(path): broken for path in SAYS_IN_CODE for text in said(path) if (broken := broken_in(text))}

    assert found == {}


@pytest.mark.parametrize(
    "sentence", ["The victim was seen", "She refused help", "They failed to engage", "Breach of the SLA", "New client"]
)
def test_a_word_we_do_not_use_is_noticed(sentence):
    assert broken_in(sentence)


@pytest.mark.parametrize(
    "sentence", ["The report was refused with a reason", "She declined help", "Slabs of stone", "Organisational abuse"]
)
def test_an_ordinary_word_is_left_alone(sentence):
    assert broken_in(sentence) == []
