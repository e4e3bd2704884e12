"""Turn an uploaded photo into a safe one: checked, made small, turned upright, without where and with what it was taken."""
import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps
from pillow_heif import register_heif_opener

from config.kit.picture_headers import picture_format, picture_size
from config.kit.refusal import Refusal

register_heif_opener()

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
EDGE = 1600
QUALITY = 85
SMALL_EDGE, SMALL_QUALITY = 480, 80  # twice the width at which lists show a photo
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.jpg,.jpeg,.png,.webp,.heic,.heif"
# What a broken or hostile file makes the decoders raise.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, RuntimeError, Image.DecompressionBombError)


class PictureRefused(Refusal):
    """A file that is no photo, or too large; the message names the file and what would be right."""


@dataclass(frozen=True)
class Picture:
    """A JPEG of at most EDGE pixels a side; `taken_on` is the day that the camera noted, or None."""

    content: bytes
    width: int
    height: int
    sha256: str
    taken_on: date | None


def read_picture(upload):
    """The Picture of an upload (a file with `name` and `size`). Raises PictureRefused."""
    name = upload.name[-60:]
    if upload.size > MAX_BYTES:
        raise PictureRefused(
            _("“%(name)s”有 %(size)s MB，最多 %(most)s MB。")
            % {"name": name, "size": _megabytes(upload.size), "most": MAX_BYTES // 1024 // 1024}
        )
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    kind = picture_format(data)
    if kind is None:
        raise PictureRefused(_("“%(name)s”不是照片，请选 JPG、PNG 或 HEIC 文件。") % {"name": name})
    try:
        if kind != "HEIF":
            _check_size(picture_size(data, kind), name)
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            _check_size(image.size, name)  # what the decoder is going to allocate, whatever the header said
            return _remake(image)
    except BROKEN:
        raise PictureRefused(_("“%(name)s”打不开，文件可能没有传完整，请重新选一张。") % {"name": name})


def small_copy(content):
    """A JPEG of at most SMALL_EDGE pixels a side of one of our own pictures' bytes; None when it cannot be read."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
            image.draft("RGB", (SMALL_EDGE, SMALL_EDGE))
            image.thumbnail((SMALL_EDGE, SMALL_EDGE))
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=SMALL_QUALITY, optimize=True, progressive=True)
    except BROKEN:
        return None
    return out.getvalue()


def _megabytes(size):
    """Rounded up to one decimal, so that a file just over the limit is not said to be just at it."""
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _check_size(size, name):
    if size is None or min(size) < 1:
        raise ValueError("no size in the header")
    pixels = size[0] * size[1]
    if pixels > MAX_PIXELS:
        raise PictureRefused(
            _("“%(name)s”有 %(size)s 万像素，最多 %(most)s 万像素。")
            % {"name": name, "size": -(-pixels // 10_000), "most": MAX_PIXELS // 10_000}
        )


def _remake(image):
    taken_on = _taken_on(image.getexif())
    image.draft("RGB", (EDGE, EDGE))  # lets the JPEG decoder skip detail that is thrown away anyway
    if image.mode not in {"RGB", "RGBA", "L", "LA"}:
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    image.thumbnail((EDGE, EDGE))
    image = ImageOps.exif_transpose(image)
    # A new image carries nothing over: no EXIF, no XMP, no comment, no second picture behind the first.
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A") if image.mode in {"RGBA", "LA"} else None)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    content = out.getvalue()
    return Picture(content, *clean.size, hashlib.sha256(content).hexdigest(), taken_on)


def _taken_on(exif):
    """The day of the shot as the camera wrote it ("2011:06:09 10:00:00"), None when it wrote none that can be read."""
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    noted = camera.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        return datetime.strptime(str(noted)[:10], "%Y:%m:%d").date()
    except ValueError:
        return None
