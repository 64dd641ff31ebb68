"""Nobody's text is overwritten unseen: what changes a record by somebody's answers compares it first (TR-32)."""

import ast

from house import HAVEN, files, functions

COMPARES_NOTHING = {
    "decide_concern": "decided once; refused afterwards",
    "review_plan": "a review is a row of its own, and sets only when the next one is",
    "lift_police_hold": "settled once; refused afterwards",
    "lift_label": "settled once; refused afterwards",
    "decide_approval": "settled once; refused afterwards",
    "decide_alert": "settled once; refused afterwards",
    "end_protection": "settled once; refused afterwards",
    "explain_gap": "settled once; refused afterwards",
    "readdress_delivery": "of what could not be sent: it is sent again, and refused once it is",
    "say_count": "a partner's own count of its own day, which a later one replaces, with an event each",
    "set_expected": "one number of an administrator's, with an event each",
    "tell_stage": "a job, with no form",
    "warn_unused": "a job, with no form",
    "set_policy": "a command, which says what it replaces",
    "join_report": "settles a report, once",
    "tell_also": "an answer that a later one replaces, with its own event each",
    "record_address": "a fact beside the one it replaces, which stays",
}
"""Operations that change a row by an answer and compare nothing, and why nobody's text is lost by it."""


def operations_that_overwrite() -> dict[str, bool]:
    """Operation → whether it takes a version: those that change a row which exists, by what somebody answered."""
    found = {}
    for path in (each for each in files(".py", under=HAVEN) if "tests" not in each.parts):
        for node in functions(path):
            if _is_operation(node) and _overwrites(node):
                found[node.name] = "version" in _answers(node)
    return found


def _is_operation(node: ast.FunctionDef) -> bool:
    calls = (each.func for each in node.decorator_list if isinstance(each, ast.Call))
    return any(isinstance(func, ast.Name) and func.id == "operation" for func in calls)


def _answers(node: ast.FunctionDef) -> set[str]:
    return {each.arg for each in [*node.args.args[1:], *node.args.kwonlyargs]} - {"by", "at"}


def _overwrites(node: ast.FunctionDef) -> bool:
    """It sets columns of an existing row to its answers: `change(…, words=words)`, `….update(words=words)`, or on what
    it is about, `item.words = words`."""
    answers, subject = _answers(node), node.args.args[0].arg
    for given in (each for each in ast.walk(node) if isinstance(each, ast.Assign)):
        sets = {ast.unparse(each) for target in given.targets for each in ast.walk(target)}
        if any(each.startswith(f"{subject}.") for each in sets) and _names(given.value) & answers:
            return True
    for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        used = {used for keyword in call.keywords for used in _names(keyword.value)}
        if name in ("change", "update", "update_or_create") and used & answers:
            return True
    return False


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def test_an_operation_that_overwrites_by_an_answer_takes_the_version_its_form_showed() -> None:
    found = operations_that_overwrite()

    assert len(found) > 15, "the search finds nothing any more"
    assert sorted(name for name, compares in found.items() if not compares and name not in COMPARES_NOTHING) == []
    assert sorted(COMPARES_NOTHING.keys() - {name for name, compares in found.items() if not compares}) == [], (
        "explained no more"
    )
