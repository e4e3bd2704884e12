"""Pictures that a phone reads: an address as an inline SVG, drawn here without the internet."""
import io

import segno
from django.utils.safestring import mark_safe


def picture(address):
    """The QR code of `address` as SVG without any style, as the content security policy wants it; its size comes from
    the class `cx-qr`."""
    code = segno.make(address, error="m", micro=False)
    # Safe: segno draws paths; the address itself is not part of the markup.
    return mark_safe(code.svg_inline(scale=3, border=2, omitsize=True, svgclass="cx-qr", lineclass=None))


def drawing(address):
    """The QR code of `address` as the text of an SVG file, for what is printed."""
    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", border=2, xmldecl=False, omitsize=True)
    return file.getvalue().decode()
