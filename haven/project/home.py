"""Where this copy of Haven keeps what it makes: HAVEN_HOME, by default `.haven` in the checkout."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def haven_home() -> Path:
    """The folder named by HAVEN_HOME (seen from the checkout), made for its owner alone when it is not there."""
    home = (CHECKOUT / Path(os.environ.get("HAVEN_HOME") or ".haven").expanduser()).resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home
