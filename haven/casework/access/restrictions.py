"""How closely a record is kept."""

from django.db import models


class Restriction(models.TextChoices):
    """Open: by relationship. Restricted: named people only. Sealed: invisible to all but its keeper (TR-03)."""

    OPEN = "open", "Open"
    RESTRICTED = "restricted", "Restricted"
    SEALED = "sealed", "Sealed"
