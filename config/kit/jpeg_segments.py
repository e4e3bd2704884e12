"""Take what a camera or a program wrote about itself out of a JPEG without touching its pixels."""

KEPT = {0xE0, 0xEE}  # JFIF, and Adobe's mark that says how the colours are coded
WRITTEN = {*range(0xE0, 0xF0), 0xFE}  # APP0 to APP15, comment


def without_metadata(data):
    """The bytes of a JPEG without EXIF, XMP, IPTC, colour profile and comments. Raises ValueError when it is no JPEG."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("")
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("")
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
            continue
        if marker == 0xDA:  # from here on pixels; what follows the picture's end is left out
            end = data.rfind(b"\xff\xd9")
            return bytes(out + data[at : end + 2 if end > at else len(data)])
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in WRITTEN or marker in KEPT:
            out += data[at : at + 2 + length]
        at += 2 + length
    raise ValueError("")
