"""Which of the two connections a table is used through."""

from typing import Any


class CacheApart:
    """The cache is outside the request's transaction: what it remembers outlives a request that fails."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "apart" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read
