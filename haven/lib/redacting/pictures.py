"""Photographs: what is hidden in one (where and when it was taken), and the same picture without it."""

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

from haven.lib.redacting.boxes import Box
from haven.lib.redacting.pages import CannotBeRead, burnt

GPS = 0x8825
GRID = 16
"""Boxes begin and end where the squares of a JPEG do, so that nothing beneath shows at an edge."""

LARGEST_SIDE = 3000
HEIC_ADVICE = (
    "This kind of photograph (HEIC) cannot be redacted here. "
    "Open it on a telephone or computer, save it as JPEG, and add that."
)


def opened_picture(content: bytes) -> Image.Image:
    """The picture the right way up. Refused: damaged, far too large, or HEIC, which nothing here can read."""
    if content[4:8] == b"ftyp":
        raise CannotBeRead(HEIC_ADVICE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content))
            picture.load()
        return ImageOps.exif_transpose(picture) or picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise CannotBeRead("This picture is damaged or too large to be read.") from error


def says_where(content: bytes) -> bool:
    """Whether the photograph says where it was taken."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return bool(picture.getexif().get_ifd(GPS))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return content[4:8] == b"ftyp" and b"GPS" in content


def plain_picture(content: bytes, boxes: Sequence[Box] = ()) -> tuple[bytes, str]:
    """The picture made anew with the boxes burnt in, and its kind: JPEG stays JPEG, the others become PNG.

    Nothing but pixels is left: no place, no day, no camera, no thumbnail, no comment.
    """
    picture = opened_picture(content)
    jpeg = content.startswith(b"\xff\xd8")
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    plain, made = burnt(picture, boxes, GRID), io.BytesIO()
    if jpeg:
        plain.save(made, "JPEG", quality=90, subsampling=0)
        return made.getvalue(), "image/jpeg"
    plain.save(made, "PNG")
    return made.getvalue(), "image/png"
