"""Unpacking an archive of ours: nothing leaves the folder it is unpacked into.

Python gained a filter for this with 3.11.4 (PEP 706), which Debian 12 does not have; there the same is refused by hand.
"""

import tarfile
from pathlib import Path


class LeavesItsFolder(Exception):
    """The archive holds something that is neither a file nor a folder, or would lie outside. It is none of ours."""


def unpack(tar: tarfile.TarFile, where: Path) -> None:
    """Unpack every file and folder of the archive; refuses one that would lie elsewhere, a link or a device."""
    home = where.resolve()
    for member in tar:
        lies = (home / member.name).resolve()
        if not (member.isfile() or member.isdir()) or not lies.is_relative_to(home):
            raise LeavesItsFolder(f"{member.name} is not a file or folder within the archive's own.")
        if hasattr(tarfile, "data_filter"):
            tar.extract(member, home, filter="data")
        else:
            tar.extract(member, home)
