"""Which database, and as whom.

DATABASE_URL is the application's role, which owns nothing. DATABASE_OWNER_URL is the owner, used by `migrate`, `seed`
and the building of test databases. DATABASE_ERASURE_URL is the role that erases, where records are erased. With none,
the private server. HAVEN_DATABASE_ROLE=owner picks the owner; it is set by script/haven for the commands that need it.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from haven.project import private_database
from haven.project.settings.environment import text


def is_private() -> bool:
    return not text("DATABASE_URL")


def app_url() -> str:
    return text("DATABASE_URL") or private_database.url(private_database.APP)


def owner_url() -> str:
    if is_private():
        return private_database.url(private_database.OWNER)
    if not text("DATABASE_OWNER_URL"):
        raise ImproperlyConfigured("DATABASE_OWNER_URL is not set. This command runs as the owner of the tables.")
    return text("DATABASE_OWNER_URL")


def erasure_url() -> str:
    """The role that erases row history and can do nothing else; empty in a process that erases nothing."""
    return private_database.url(private_database.ERASURE) if is_private() else text("DATABASE_ERASURE_URL")


def app_role() -> str:
    """The name of the role that the web and the worker connect as; `migrate` hands it its rights."""
    return str(conninfo_to_dict(app_url()).get("user", ""))


def databases(*, pool: bool) -> dict[str, dict[str, Any]]:
    """`default`, and `apart`: the same database in a transaction of its own, for drafts, throttles, failure notices."""
    url = owner_url() if text("HAVEN_DATABASE_ROLE") == "owner" else app_url()
    apart = _database(url, pool and {"min_size": 0, "max_size": 4, "timeout": 10})
    apart["TEST"] = {"MIRROR": "default"}
    return {"default": _database(url, pool and {"min_size": 1, "max_size": 6, "timeout": 10}), "apart": apart}


def _database(url: str, pool: dict[str, int] | bool) -> dict[str, Any]:
    parts = {name: value for name, value in conninfo_to_dict(url).items() if value is not None}
    options: dict[str, Any] = {"pool": pool} if pool else {}
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        # With the pool a connection goes back after each request; it is looked at again when it comes out.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": pool is not False,
        "ATOMIC_REQUESTS": False,
    }
    return {**database, "OPTIONS": {**parts, **options}}
