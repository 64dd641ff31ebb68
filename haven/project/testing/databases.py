"""Databases for tests: one template a state of the migrations, and a clone of it for each run and process.

The application's role may not TRUNCATE, so tests never flush: they roll back, or throw their clone away. Names carry
the checkout and the process, so that two runs on one server never meet.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from haven.project import private_database
from haven.project.home import CHECKOUT
from haven.project.settings.databases import app_url, is_private, owner_url

# The tables, rights and policies of a template are made from these.
MADE_FROM = (
    "requirements/base.txt",
    "haven/**/migrations/*.py",
    "haven/project/grants.py",
    "haven/casework/events/tables.py",
    "haven/project/management/commands/migrate.py",
    "haven/project/settings/parts.py",
    "haven/casework/access/policies*",
    "haven/casework/access/policies/**/*.py",
)
_checkout = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
_clones = count(1)


def clone_template() -> str:
    """A new database like the template, for this process; the template is built first if migrations have changed."""
    name = f"haven_r_{_checkout}_{os.getpid()}_{next(_clones)}"
    with _server() as server:
        template = _template(server)
        _make(server, name, template)
    return name


def drop(name: str) -> None:
    """Throw a clone away, ending what is still connected to it."""
    with _server(alone=False) as server:
        _drop(server, name)


@contextmanager
def _server(alone: bool = True) -> Iterator[psycopg.Connection[tuple[str, ...]]]:
    """A session of the owner, which (when `alone`) keeps every other process of this checkout waiting."""
    if is_private():
        private_database.ensure_running()
    with psycopg.connect(make_conninfo(owner_url(), dbname="postgres"), autocommit=True) as server:
        if alone:
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"haven tests {_checkout}"])
        yield server


def _template(server: psycopg.Connection[tuple[str, ...]]) -> str:
    name = f"haven_t_{_checkout}_{_digest()}"
    names = [found for (found,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'haven\\__\\_%'")]
    for stale in (found for found in names if _is_stale(found, name)):
        _drop(server, stale)
    if name not in names:
        half_made = f"{name}_new"
        _make(server, half_made, "template1")
        _migrate(half_made)
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half_made, name))))
    return name


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in MADE_FROM for path in CHECKOUT.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _is_stale(found: str, template: str) -> bool:
    """Another state's template of this checkout, or the clone of a process that is gone."""
    if found.startswith(f"haven_t_{_checkout}_"):
        return found != template
    if found.startswith(f"haven_r_{_checkout}_"):
        return not os.path.exists(f"/proc/{found.split('_')[3]}")
    return False


def _make(server: psycopg.Connection[tuple[str, ...]], name: str, template: str) -> None:
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))


def _drop(server: psycopg.Connection[tuple[str, ...]], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(name: str) -> None:
    """Run our migrate in a process of its own, as the owner, so that this one stays the application's role."""
    urls = {"DATABASE_URL": _url(app_url(), name), "DATABASE_OWNER_URL": _url(owner_url(), name)}
    done = subprocess.run(
        [sys.executable, "-m", "haven.project", "migrate", "--verbosity=0"],
        env={**os.environ, **urls, "DJANGO_SETTINGS_MODULE": "haven.project.settings.testing"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The template database could not be migrated:\n{done.stderr[-4000:]}")


def _url(address: str, name: str) -> str:
    parts = {key: str(value) for key, value in conninfo_to_dict(address).items() if value is not None}
    return make_conninfo("", **{**parts, "dbname": name})
