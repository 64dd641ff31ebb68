"""Backups of the private server: encrypted, off the host, to any second, looked over after (TR-34, TR-35).

    age's format         `haven.lib.age`: the machine holds a public key and cannot read its own backups
    target               the folder they go to, and what is in it
    bases, shipping      a copy of the whole server; since then, every change and every new file
    restoring            bringing it all back, to the end or to a moment
    checking             what is looked at after: counts, the sealed log, files, keys
    rehearsing           doing so every night in a place that is thrown away
    records              one record out of a restored copy, without rolling back the others

An operator's own PostgreSQL is backed up by its own means: docs/operations.md.
"""
