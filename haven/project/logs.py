"""What is logged: one line of JSON an event, with no personal data.

No query string, no body, no exception message: a database's message repeats the value it refused. A fault is known by
its type and the lines of code it came through.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

# What a log call may add beside its message, by name. Anything else is left out.
ADDED = ("status_code", "seconds", "event", "reference", "job")


OURS = "haven."
SUSPICIOUS = "django.security."


def says(record: logging.LogRecord) -> str:
    """What we wrote ourselves, without its query string; of what others log only the words before the first thing
    filled in, for they fill in addresses that were typed. A suspicious request is known by its kind."""
    if record.name.startswith(OURS):
        return record.getMessage().split("?")[0]
    if record.name.startswith(SUSPICIOUS):
        return "a suspicious request was refused"
    return str(record.msg).partition("%")[0].partition("{")[0].partition("/")[0].rstrip(": (\"'")


class OneLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": says(record),
        }
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        line |= {"page": match.view_name} if match is not None else {}
        line |= {name: getattr(record, name) for name in ADDED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["through"] = [
                f"{frame.filename.rpartition('/haven/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(line, default=str)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "haven.project.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handler of these would e-mail whole requests, or print them while debugging.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "haven": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "procrastinate": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
