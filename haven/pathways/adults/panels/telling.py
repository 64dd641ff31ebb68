"""Who of those who told us still waits to be told, from what is known of the case."""

from haven.pathways.adults.panels.known import Known, Row, Rows


def untold_rows(known: Known) -> Rows:
    """Reports whose senders, since the decision, were neither told nor held back (as the closing gate counts them)."""
    return [row for row in known.reports if _waits(row, known)]


def untold(known: Known) -> set[str]:
    """Their ids."""
    return {str(row["id"]) for row in untold_rows(known)}


def _waits(report: Row, known: Known) -> bool:
    if report["about"] == "me" or report["wants_feedback"] is False:
        return False
    since = known.concern.get("decided_at")
    answers = [row for row in known.feedback if row["contact_id"] == report["id"]]
    return not any(since is None or row["recorded_at"] >= since for row in answers)


def called(report: Row) -> str:
    """Who told us, as a worker is shown it."""
    if report["identity"] == "do_not_ask":
        return "did not give a name"
    who = report["referrer"] or "name not given"
    place = report["organisation"] or report["relationship"]
    return f"{who}, {place}" if place else who


def told_in_words(report: Row, known: Known) -> str:
    """What became of telling them: the newest answer."""
    found = next((row for row in known.feedback if row["contact_id"] == report["id"]), None)
    if report["about"] == "me":
        return "is the adult"
    if report["wants_feedback"] is False:
        return "asked not to be told"
    if found is None:
        return "not told yet"
    return f"held back: {found['held_because_said'].lower()}" if found["held_because"] else found["level_said"]
