"""An archive of ours unpacks into its own folder, on every Python we run on."""

import io
import tarfile

import pytest

from haven.project.backups.unpacking import LeavesItsFolder, unpack


def archive(*members: tarfile.TarInfo) -> tarfile.TarFile:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(b"words"[: member.size]))
    return tarfile.open(fileobj=io.BytesIO(kept.getvalue()), mode="r|")


def member(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, to, 5 if kind == tarfile.REGTYPE else 0
    return made


def test_files_and_folders_come_out_as_they_went_in(tmp_path):
    with archive(member("base", tarfile.DIRTYPE), member("base/1.dat")) as tar:
        unpack(tar, tmp_path)

    assert (tmp_path / "base" / "1.dat").read_bytes() == b"words"


@pytest.mark.parametrize(
    "bad",
    [member("../out"), member("/etc/out"), member("link", tarfile.SYMTYPE, "/etc"), member("pipe", tarfile.FIFOTYPE)],
)
def test_nothing_leaves_the_folder(tmp_path, bad):
    with archive(bad) as tar, pytest.raises(LeavesItsFolder):
        unpack(tar, tmp_path / "here")
