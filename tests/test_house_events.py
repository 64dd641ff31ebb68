"""Every kind of event says its sentence and what erasing leaves of it, and every word of the sentence is recorded."""

import ast
import string

from house import HAVEN, files, tree

from haven.casework.events.kinds import EVENT_TYPES

OURS = {code: kind for code, kind in EVENT_TYPES.items() if not code.startswith("tests.")}


def asked_for(sentence: str) -> set[str]:
    """The codes a sentence is filled with, besides who did it."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name} - {"actor"}


def recorded() -> set[str]:
    """Every code that some record may carry: the keys of dictionaries in the engine and the pathways."""
    return {
        key.value
        for path in files(".py", under=HAVEN)
        if {"casework", "pathways"}.intersection(path.parts) and "tests" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def test_every_kind_of_event_says_who_did_what():
    assert len(OURS) > 40
    silent = [code for code, kind in OURS.items() if not kind.sentence.startswith(("{actor} ", "A report arrived "))]

    assert silent == []


def test_every_kind_of_event_says_what_erasing_leaves():
    assert [code for code, kind in OURS.items() if not kind.erasure.endswith(".")] == []


def test_every_kind_of_event_is_named_for_the_part_that_declares_it():
    parts = {folder.name for room in ("casework", "pathways") for folder in (HAVEN / room).iterdir()}

    assert [code for code in OURS if code.split(".")[0] not in parts] == []


def test_every_word_a_sentence_asks_for_is_recorded_by_somebody():
    known = recorded()

    assert {
        code: asked_for(kind.sentence) - known for code, kind in OURS.items() if asked_for(kind.sentence) - known
    } == {}
