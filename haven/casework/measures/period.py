"""The stretch of days a figure is about."""

from haven.lib.period import Period

__all__ = ["Period"]
