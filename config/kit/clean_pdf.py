"""Write a PDF anew with its pages only: no document information, XMP, annotations, forms, scripts or files inside."""
import io

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from config.kit.jpeg_segments import without_metadata
from config.kit.papers import PaperRefused, cannot_be_read

MOST_PAGES = 200
# A page keeps what it takes to draw it. Annotations go too: each carries its author and a moment.
PAGE_KEYS = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/Rotate", "/Resources", "/Contents", "/UserUnit",
}
EXCLUDED = ("/Annots", "/B", "/Thumb", "/StructParents", "/Tabs", "/Group", "/Metadata", "/PieceInfo")
TELLING = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/A", "/Author", "/CreationDate", "/ModDate", "/OPI", "/Alternates",
)


def clean_pdf(content):
    """The bytes of the new file. Raises PaperRefused."""
    try:
        reader = PdfReader(io.BytesIO(content))
        locked, pages = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except Exception as reason:  # a hostile or broken file raises whatever its parser stumbles over
        raise cannot_be_read() from reason
    if locked:
        raise PaperRefused(_("这个 PDF 加了密，请去掉密码再传。"))
    if pages > MOST_PAGES:
        raise PaperRefused(_("这个 PDF 超过 %(most)s 页，请只传要紧的几页。") % {"most": MOST_PAGES})
    try:
        # Twice: what the first copy cut off from its pages is still in the file, and the second copy takes it no more.
        return _rewritten(PdfReader(io.BytesIO(_rewritten(reader))))
    except Exception as reason:
        raise cannot_be_read() from reason


def _rewritten(reader):
    writer = PdfWriter()
    for page in reader.pages:
        added = writer.add_page(page, excluded_keys=EXCLUDED)
        for key in [key for key in added if key not in PAGE_KEYS]:
            del added[key]
    for number in range(1, len(writer._objects) + 1):
        _strip(writer.get_object(number))
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(found):
    if isinstance(found, DictionaryObject):
        for key in TELLING:
            if key in found:
                del found[NameObject(key)]
    if isinstance(found, StreamObject) and found.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        found._data = without_metadata(found._data)
