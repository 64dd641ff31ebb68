"""What a backup or a restore refuses, in words that say what to do."""


class BackupRefused(Exception):
    """It was not done; the message says why and what to do."""
