"""What the records of a case have in common."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

from haven.casework.cases.models import Case
from haven.pathways.adults.codes import Codes, values


class OfCase(models.Model):
    """A record that belongs to one case, and through it to one authority."""

    case: models.ForeignKey[Case, Case]

    class Meta:
        abstract = True

    @property
    def authority_id(self) -> Any:
        """The authority whose case this is; what permissions and events ask."""
        return self.case.authority_id


M = TypeVar("M", bound=type[models.Model])


def keeps_earlier(*fields: str) -> Callable[[M], M]:
    """Keep the row as it was whenever one of these texts is changed into another: no earlier word is lost (PR-17).

    Filling an empty text in is not a change of words and keeps nothing.
    """
    rewritten = " OR ".join(f'(OLD."{field}" <> \'\' AND OLD."{field}" <> NEW."{field}")' for field in fields)
    event = pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.Condition(f"({rewritten})"))

    def track(model: M) -> M:
        tracked: M = pghistory.track(
            event,
            fields=["id", *fields],
            model_name=f"Earlier{model.__name__}",
            obj_field=pghistory.ObjForeignKey(related_name="earlier"),
        )(model)
        return tracked

    return track


def one_of(field: str, codes: Codes, name: str, *, or_unset: bool = True) -> models.CheckConstraint:
    """The database refuses a code that is not in the list."""
    allowed = [*values(codes), ""] if or_unset else values(codes)
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": allowed}), name=name)
