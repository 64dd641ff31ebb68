"""Authority, User, Team and Membership."""

from datetime import date, time
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from haven.casework.access.roles import ROLES
from haven.casework.operations.versions import Compared
from haven.lib.calendar import LONDON
from haven.lib.ids import uuid7

IDLE_LEAST, IDLE_MOST = 5, 30
"""Minutes: how short and how long an authority may set the idle lock (PR-25)."""


class Authority(Compared):
    """A local authority with safeguarding duties (Care Act 2014 s1(4)), its numbers and its desk hours (PR-01).

    `idle_minutes` is how long a screen stays open while nobody does anything (PR-25).
    """

    compared = ("idle_minutes",)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=20, default="blue")
    telephone = models.CharField(max_length=40, blank=True)
    out_of_hours_telephone = models.CharField(max_length=40, blank=True)
    childrens_telephone = models.CharField(max_length=40, blank=True)
    alert_email = models.EmailField(blank=True)
    guardian_email = models.EmailField(blank=True, help_text="Told that something waits for the guardian (TR-04)")
    desk_opens = models.TimeField(default=time(9, 0))
    desk_closes = models.TimeField(default=time(17, 0))
    desk_days = models.CharField(max_length=7, default="01234", help_text="Days the desk is open, 0 is Monday")
    demonstration = models.BooleanField(default=False)
    idle_minutes = models.PositiveSmallIntegerField(default=15)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=IDLE_LEAST) & Q(idle_minutes__lte=IDLE_MOST),
                name="a_screen_locks_after_five_to_thirty_minutes",
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can be used only after a reset or an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody with an account. What they may do comes from their memberships, never from the account itself.

    `is_active` is no where an administrator has disabled it (`Disabling` says who and why). `suspended_at` is set where
    it was not used for long (PR-25); `unused_warned` is the last warning sent of that, in days; `restore_asked_at` is
    when its person, with their second step, asked to be let back in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    persona = models.CharField(max_length=60, blank=True, help_text="Demonstration only: the role this account shows")
    last_used_on = models.DateField(null=True, blank=True)
    unused_warned = models.PositiveSmallIntegerField(default=0)
    suspended_at = models.DateTimeField(null=True, blank=True)
    restore_asked_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Team(models.Model):
    """A team of an authority that holds cases or stands duty."""

    class Kind(models.TextChoices):
        DUTY = "duty", "Duty"
        LOCALITY = "locality", "Locality"
        HOSPITAL = "hospital", "Hospital"
        MENTAL_HEALTH = "mental_health", "Mental health"
        PROVIDER = "provider", "Provider"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.LOCALITY)

    class Meta:
        constraints = [models.UniqueConstraint("authority", "name", name="one_team_of_a_name_in_an_authority")]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> "MembershipQuerySet":
        """Those in force on the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)

    def answering_for(self, user: User) -> "MembershipQuerySet":
        """The roles whose authorities answer for the account: in force or to come; else all there were."""
        held = self.filter(user_id=user.pk)
        live = held.filter(Q(until_on=None) | Q(until_on__gte=TruncDate(Now(), tzinfo=LONDON)))
        return live if live.exists() else held


class Membership(models.Model):
    """A role somebody holds for an authority, perhaps in a team, between two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=list(ROLES.items()))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="a_membership_ends_after_it_begins",
            )
        ]
