"""What a picture says of itself in its first bytes: its format and its size, read without decoding anything.

A file of a few kilobytes can unpack to gigabytes, so the size has to be known before a decoder sees the file. HEIC has
no fixed place for it; there the parser of libheif is asked, which decodes nothing until it is told to.
"""
import struct

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# Start-of-frame markers of JPEG; C4, C8 and CC lie among them and mean something else.
FRAME_MARKERS = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


def picture_format(data):
    """"JPEG", "PNG", "WEBP" or "HEIF" by the first bytes; None for everything else, whatever the file is called."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == PNG_MAGIC and data[12:16] == b"IHDR":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "HEIF"
    return None


def picture_size(data, kind):
    """(width, height) in pixels of a JPEG, PNG or WEBP file. None where the header does not tell or is cut off."""
    try:
        return {"JPEG": _jpeg_size, "PNG": _png_size, "WEBP": _webp_size}[kind](data)
    except (struct.error, IndexError):
        return None


def _png_size(data):
    return struct.unpack(">II", data[16:24])


def _jpeg_size(data):
    """Walk the segments up to the first frame header; a thumbnail inside EXIF lies inside a segment and is passed by."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            return None
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if marker in FRAME_MARKERS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        if marker == 0xDA or marker == 0xD9:  # pixels or the end before any frame header
            return None
        length = 0 if marker == 0x01 or 0xD0 <= marker <= 0xD8 else struct.unpack(">H", data[at + 2 : at + 4])[0]
        at += 2 + length
    return None


def _webp_size(data):
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L":
        bits = struct.unpack("<I", data[21:25])[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
