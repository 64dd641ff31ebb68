"""A migration is named for what it does."""

import re

from house import HAVEN

MIGRATIONS = sorted(path for path in HAVEN.glob("**/migrations/*.py") if path.stem != "__init__")
NAMELESS = re.compile(r"\d{4}_(auto_.*|initial|custom|update|migration)")


def test_every_migration_is_numbered_and_named_for_what_it_does():
    assert MIGRATIONS
    assert [path.stem for path in MIGRATIONS if not re.match(r"\d{4}_[a-z]", path.stem)] == []
    assert [f"{path.parts[-3]}/{path.stem}" for path in MIGRATIONS if NAMELESS.fullmatch(path.stem)] == []


def test_no_two_migrations_of_a_part_share_a_number():
    numbers = [(path.parent, path.stem[:4]) for path in MIGRATIONS]

    assert len(numbers) == len(set(numbers))
