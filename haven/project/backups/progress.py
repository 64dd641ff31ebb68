"""Saying what is being done and how long it took, on stderr: a restore at night is followed by somebody who waits."""

import sys
import time


class Steps:
    """What has been done, each with its seconds. `quiet` keeps them and says nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.taken: list[tuple[str, float]] = []
        self._began = self._last = time.monotonic()
        self._said = 0.0

    def done(self, what: str) -> None:
        """A step is done."""
        now = time.monotonic()
        self.taken.append((what, round(now - self._last, 2)))
        self._last = now
        self._say(f"· {what} ({self.taken[-1][1]:.1f} s)\n")

    def going(self, how_far: str) -> None:
        """How far the step has come, once a second where somebody watches."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._said > 1:
            self._said = now
            self._say(f"  {how_far}\r")

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return round(time.monotonic() - self._began, 1)

    def _say(self, words: str) -> None:
        if not self.quiet:
            sys.stderr.write(words)
            sys.stderr.flush()
