"""Never deadly: a warning whose case is kept from the reader still warns, and says nothing but whom to ring (PR-05)."""

from datetime import date

from django.db.models import BooleanField, DateField, F, Func, Value


def ring_first(today: date) -> Func:
    """Of a Person: whether this reader must ring the guardian before they act, for a reason they may not know.

    A flag that warns, a link to somebody who may harm the person, or protected words on how to reach them, in force and
    learnt in a case that does not show (`access/policies/parts.py`). It does not say which.
    """
    return Func(F("pk"), Value(today, DateField()), function="haven_ring_first", output_field=BooleanField())
