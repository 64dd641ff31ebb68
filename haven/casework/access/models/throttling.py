"""SignInAttempts: how often signing in went wrong lately."""

from django.db import models


class SignInAttempts(models.Model):
    """Wrong passwords or codes for one account from one place, in a window of fifteen minutes.

    `key` is a fingerprint of the address typed (whether it has an account or not) and of the device or the network it
    came from. Written through the alias `apart`, so that a failed request counts too and every process sees it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["began_at"], name="sign_in_attempts_by_age")]
