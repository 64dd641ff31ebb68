"""What a file is called when somebody saves it: its own name, with nothing in it that a computer would act on."""

from haven.casework.documents.kinds import ANYTHING, DOCX, EML, PDF, TEXT, XLSX

LONGEST = 200
_NOT_IN_NAMES = '<>:"|?*'
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""Names of Windows' own devices: a file of that name cannot be opened, or is something else."""

_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/heic": (".heic", ".heif"),
    "video/mp4": (".mp4", ".m4v", ".3gp"),
    "audio/mpeg": (".mp3",),
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    EML: (".eml",),
    TEXT: (".txt",),
    ANYTHING: (".kept",),
}
"""Kind → the endings a file of it may have when it is saved; one of another ending gets the first."""


def plain_name(name: str) -> str:
    """The file's own name without its folders, and without characters that cannot be shown or mean something else."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in last if character.isprintable())
    safe = "".join("_" if character in _NOT_IN_NAMES else character for character in shown).strip(" .")[-LONGEST:]
    return f"file {safe}" if safe.split(".")[0].strip().lower() in _RESERVED else safe or "file"


def saved_as(name: str, kind: str) -> str:
    """The name with an ending that says what it is: a picture called `arm.html` is saved as `arm.html.jpg`."""
    endings = _ENDINGS.get(kind, _ENDINGS[ANYTHING])
    return name if name.lower().endswith(endings) else f"{name}{endings[0]}"
