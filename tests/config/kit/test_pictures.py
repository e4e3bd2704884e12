"""Photos: what is no photo, too large or broken is refused in words; what is taken is remade without its metadata."""
import datetime
import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from config.kit.picture_headers import picture_format, picture_size
from config.kit.pictures import EDGE, MAX_BYTES, PictureRefused, read_picture

PLACE = b"39.9042"  # stands for where a photo was taken


def upload(data, name="照片.jpg"):
    return SimpleUploadedFile(name, data)


def picture(kind="JPEG", size=(640, 480), mode="RGB", **options):
    image = Image.new(mode, size, "red" if mode == "RGB" else 128)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="blue" if mode == "RGB" else 0)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(*, orientation=1, taken="2011:06:09 10:00:00"):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "CAMERA-MAKER"
    data.get_ifd(0x8769)[0x9003] = taken
    data.get_ifd(0x8825)[29] = PLACE.decode()
    return data


def png_of(width, height):
    """A PNG of a few kilobytes that unpacks to width × height black pixels of one bit."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" * (1 + -(-width // 8))
    packer, body = zlib.compressobj(9), b""
    for _row in range(height):
        body += packer.compress(row)
    body += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def refusal(data, name):
    with pytest.raises(PictureRefused) as refused:
        read_picture(upload(data, name))
    return refused.value.message


# What is taken --------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photos_of_all_kinds_become_small_jpegs(kind):
    made = read_picture(upload(picture(kind, (2400, 1200))))
    assert (made.width, made.height) == (EDGE, EDGE // 2)
    with Image.open(io.BytesIO(made.content)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (made.width, made.height))


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "CMYK", "I;16"])
def test_every_mode_of_colour_is_taken(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new(mode, (40, 20))
    out = io.BytesIO()
    image.save(out, kind)
    assert read_picture(upload(out.getvalue())).width == 40


def test_a_small_photo_is_not_blown_up():
    made = read_picture(upload(picture(size=(300, 200))))
    assert (made.width, made.height) == (300, 200)


def test_nothing_of_the_metadata_stays_but_the_day():
    data = picture(exif=exif(), comment=b"SECRET-COMMENT", xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>")
    assert b"CAMERA-MAKER" in data and PLACE in data and b"SECRET-COMMENT" in data and b"SECRET-XMP" in data
    made = read_picture(upload(data))
    for trace in (b"Exif", b"CAMERA-MAKER", PLACE, b"SECRET-COMMENT", b"SECRET-XMP", b"http://ns.adobe.com"):
        assert trace not in made.content
    assert made.taken_on == datetime.date(2011, 6, 9)


def test_what_is_hidden_behind_the_pixels_is_gone():
    made = read_picture(upload(picture() + b"<script>alert(1)</script>GIF89a"))
    assert b"<script>" not in made.content and b"GIF89a" not in made.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_upright(kind):
    made = read_picture(upload(picture(kind, (400, 200), exif=exif(orientation=6))))
    assert (made.width, made.height) == (200, 400)
    with Image.open(io.BytesIO(made.content)) as image:
        right_top, left_top = image.getpixel((190, 10)), image.getpixel((10, 10))
    assert right_top[2] > 200 and left_top[0] > 200  # the blue corner went from left to right


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "nonsense", ""])
def test_a_day_that_no_calendar_has_is_no_day(taken):
    assert read_picture(upload(picture(exif=exif(taken=taken)))).taken_on is None


# What is refused ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 100,
        b"%PDF-1.4 " + b"\0" * 100,
        b"BM" + b"\0" * 100,
        b"",
        b"\0" * 20,
        b"\0\0\0\x1cftypavif" + b"\0" * 60,
    ],
)
def test_what_is_no_photo_is_said_to_be_none(data):
    assert refusal(data, "照片.jpg") == "“照片.jpg”不是照片，请选 JPG、PNG 或 HEIC 文件。"


def test_a_picture_of_81_megapixels_in_a_few_kilobytes_is_not_decoded():
    data = png_of(9000, 9000)
    assert len(data) < 12_000
    assert refusal(data, "大图.png") == "“大图.png”有 8100 万像素，最多 4000 万像素。"


def test_a_picture_beyond_what_the_decoder_itself_allows_is_counted_too():
    assert refusal(png_of(20000, 20000), "大图.png") == "“大图.png”有 40000 万像素，最多 4000 万像素。"


def test_a_jpeg_that_lies_about_its_size_is_refused():
    data = bytearray(picture())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 9000, 9000)
    assert refusal(bytes(data), "假.jpg") == "“假.jpg”有 8100 万像素，最多 4000 万像素。"


def test_a_file_of_30_megabytes_is_refused_before_it_is_read():
    assert refusal(b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024 - 3), "x.jpg") == "“x.jpg”有 30 MB，最多 10 MB。"


def test_a_file_just_over_the_limit_is_not_said_to_be_at_it():
    assert refusal(b"\xff\xd8\xff" + b"\0" * MAX_BYTES, "x.jpg") == "“x.jpg”有 10.1 MB，最多 10 MB。"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_file_that_was_cut_off_is_said_to_be_broken(kind):
    data = picture(kind, (1200, 900))
    for end in (40, len(data) // 2):
        assert refusal(data[:end], "断.jpg") == "“断.jpg”打不开，文件可能没有传完整，请重新选一张。"


def test_a_long_name_is_cut_from_the_left():
    assert refusal(b"x", "很" * 80 + ".jpg").startswith("“" + "很" * 56 + ".jpg”")


# Headers --------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (640, 481), (3000, 17)])
def test_the_header_tells_the_size(kind, size):
    data = picture(kind, size)
    assert picture_format(data) == kind
    assert picture_size(data, kind) == size


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": exif()}], ids=["lossless", "extended"])
def test_both_other_headers_of_webp_tell_the_size(options):
    assert picture_size(picture("WEBP", (123, 45), **options), "WEBP") == (123, 45)


def test_a_thumbnail_inside_the_exif_is_not_taken_for_the_picture():
    data = picture(size=(640, 480))
    inside = b"Exif\0\0" + picture(size=(64, 48))
    nested = data[:2] + b"\xff\xe1" + struct.pack(">H", len(inside) + 2) + inside + data[2:]
    assert picture_size(nested, "JPEG") == (640, 480)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0\0", b"\xff\xd8\0\0"])
def test_a_jpeg_without_a_frame_has_no_size(data):
    assert picture_size(data, "JPEG") is None
