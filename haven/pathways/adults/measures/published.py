"""The published figures that ship with Haven, read from `scenarios/published.yaml`."""

from pathlib import Path

import yaml

from haven.casework.desk.published import Published, publish
from haven.lib.period import Period

FILE = Path(__file__).resolve().parents[1] / "scenarios" / "published.yaml"


def read_published(path: Path = FILE) -> list[Published]:
    """Every report of the file, made known to the figures page."""
    return [
        publish(
            Published(
                authority=report["authority"],
                period=Period(report["from"], report["to"]),
                source=report["source"],
                values=report["values"],
                notes=report.get("notes", {}),
                remarks=tuple(report.get("remarks", ())),
            )
        )
        for report in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


REPORTS = read_published()
