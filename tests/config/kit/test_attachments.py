"""Files of anonymous senders: whatever says who made them, when and where is gone, and what they show is still there."""
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject

from config.kit.attachments import read_attachment
from config.kit.papers import PaperRefused

MARK = "张三丰MARKER"
BROKEN = "^这个文件打不开，不能清理里面的作者和时间。请转成 PDF 或拍成照片再传。$"


def jpeg():
    """A small picture whose EXIF names the author and the program."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B], exif[0x0131] = "MARKER author", "MARKER program"
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG", exif=exif, comment=b"MARKER comment")
    return out.getvalue()


def pdf(**options):
    """Two pages with an author, XMP, a signed annotation and an attached file."""
    writer = PdfWriter()
    for _page in range(2):
        writer.add_blank_page(300, 400)
    writer.add_metadata({"/Author": MARK, "/Creator": "MARKER Word", "/CreationDate": "D:20110610090000"})
    writer.add_annotation(0, FreeText(text="MARKER note", rect=(50, 50, 200, 100)))
    writer.add_attachment("MARKER.txt", b"MARKER file")
    xmp = DecodedStreamObject()
    xmp.set_data(b"<x>MARKER xmp</x>")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    writer.pages[0][NameObject("/Metadata")] = writer._add_object(xmp)
    if options.get("password"):
        writer.encrypt(options["password"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(**parts):
    """A document with an author, a picture with EXIF and a comment; `parts` are added to the archive."""
    document, out = Document(), io.BytesIO()
    paragraph = document.add_paragraph("窗口排队太久")
    document.add_picture(io.BytesIO(jpeg()))
    document.core_properties.author = document.core_properties.last_modified_by = MARK
    document.add_comment(paragraph.runs, text="请看这里", author=MARK, initials="MARKER")
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def read(name, content):
    return read_attachment(SimpleUploadedFile(name, content))


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: (archive.read(part), part.date_time) for part in archive.infolist()}


def test_a_photo_is_encoded_again():
    taken = read("MARKER.jpg", jpeg())
    assert (taken.kind, b"MARKER" in taken.content) == ("jpg", False)
    assert dict(Image.open(io.BytesIO(taken.content)).getexif()) == {}


def test_a_pdf_keeps_its_pages_and_nothing_else():
    taken = read("MARKER.pdf", pdf())
    reader = PdfReader(io.BytesIO(taken.content))
    assert (taken.kind, len(reader.pages)) == ("pdf", 2)
    assert not reader.metadata and reader.xmp_metadata is None and not reader.attachments
    assert b"MARKER" not in taken.content and b"20110610" not in taken.content
    assert "/Annots" not in reader.pages[0]


def test_a_photo_inside_a_pdf_loses_its_exif():
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg())).save(out, "PDF")
    writer = PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    [image] = [found for found in writer._objects if getattr(found, "get", None) and found.get("/Subtype") == "/Image"]
    image._data = jpeg()
    with_exif = io.BytesIO()
    writer.write(with_exif)
    assert b"MARKER author" in with_exif.getvalue()
    taken = read("x.pdf", with_exif.getvalue())
    assert b"MARKER" not in taken.content
    assert PdfReader(io.BytesIO(taken.content)).pages[0].images[0].image.size == (40, 30)


def test_a_word_document_keeps_its_words_and_pictures():
    taken = read("MARKER.docx", docx())
    document = Document(io.BytesIO(taken.content))
    assert document.paragraphs[0].text == "窗口排队太久"
    assert [comment.text for comment in document.comments] == ["请看这里"]
    parts = unpacked(taken.content)
    assert not [name for name, (data, _moment) in parts.items() if b"MARKER" in data or MARK.encode() in data]
    assert not [name for name in parts if name.startswith("docProps/")]
    assert {moment for _data, moment in parts.values()} == {(1980, 1, 1, 0, 0, 0)}
    [picture] = [data for name, (data, _moment) in parts.items() if name.startswith("word/media/")]
    assert Image.open(io.BytesIO(picture)).size == (40, 30)


def test_the_authors_template_and_revisions_go():
    settings = (
        b'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:rsids><w:rsid w:val="00MARKER"/></w:rsids><w:zoom w:percent="100"/></w:settings>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="x/attachedTemplate" Target="file:///C:/MARKER/a.dotm" TargetMode="External"/></Relationships>'
    )
    taken = read("x.docx", docx(**{"word__other.xml": settings, "word___rels__other.xml.rels": relations}))
    parts = unpacked(taken.content)
    assert b"MARKER" not in parts["word/other.xml"][0] and b"100" in parts["word/other.xml"][0]
    assert b"MARKER" not in parts["word/_rels/other.xml.rels"][0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.pdf", b"%PDF-1.7 broken", BROKEN),
        ("x.pdf", pdf(password="secret"), "^这个 PDF 加了密，请去掉密码再传。$"),
        ("x.docx", docx(word__embeddings__a="x"), "^这个 Word 文件里嵌了别的文件，不能清理。请转成 PDF 或拍成照片再传。$"),
        ("x.docx", docx(word__media__a="x"), "^这个 Word 文件里有不能清理的内容（word/media/a）。请转成 PDF 或拍成照片再传。$"),
        ("x.docx", docx(**{"word__a.xml": "<open>"}), BROKEN),
        ("x.txt", b"words", "^“x.txt”不是照片、PDF 或 Word（.docx）文件。$"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(name, content, words):
    with pytest.raises(PaperRefused, match=words):
        read(name, content)
