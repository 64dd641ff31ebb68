"""Person, the facts kept about one, and what of them is protected."""

from haven.casework.people.models.person import (
    Address,
    ContactPoint,
    Fact,
    Flag,
    Person,
    Relationship,
    SafeContact,
    name_shown,
)
from haven.casework.people.models.protected import ProtectedValue, Reveal

__all__ = [
    "Address", "ContactPoint", "Fact", "Flag", "Person", "ProtectedValue", "Relationship", "Reveal", "SafeContact",
    "name_shown",
]  # fmt: skip
