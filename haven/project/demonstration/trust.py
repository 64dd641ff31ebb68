"""What the walls look like from both sides: made once, right after the last weeks of the desk."""

from datetime import datetime

from django.db import transaction

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.operations.models import JobProgress
from haven.pathways.adults.year.running import one_at_a_time
from haven.pathways.adults.year.staff import Staff
from haven.project.demonstration.given import build_given
from haven.project.demonstration.looks import build_looks
from haven.project.demonstration.walls import build_walls, scene_of

NAME = "demonstration of trust"


def build_trust(staff: Staff, personas: dict[str, User], now: datetime) -> None:
    """Something in every queue about who may, who looked and what leaves; what is there already is left alone."""
    with transaction.atomic():
        wall.open_to_all("the demonstration's own synthetic people")
        one_at_a_time(f"trust {staff.authority.code}")
        if JobProgress.objects.filter(name=NAME).exists():
            return
        scene = scene_of(staff.authority, personas, now)
        build_walls(scene)
        build_given(scene)
        build_looks(scene, staff)
        facts = {"started_at": now, "updated_at": now, "state": JobProgress.State.DONE}
        JobProgress.objects.create(name=NAME, **facts)
