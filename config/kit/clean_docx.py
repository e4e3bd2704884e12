"""Write a Word document anew without what says who made it, when, and on which machine; its text and pictures stay.

Properties, people, custom data and revision ids go; authors and moments of comments and tracked changes are emptied;
pictures are decoded and encoded again. What cannot be looked into (files inside, drawings of vectors) is refused.
"""
import io
import re
import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from lxml import etree
from PIL import Image

from config.kit.papers import PaperRefused, cannot_be_read
from config.kit.pictures import BROKEN, MAX_PIXELS

MOST_XML = 20 * 1024 * 1024  # bytes unpacked
DROPPED = re.compile(r"^(docProps/|customXml/|word/people\.xml$|word/printerSettings|word/webextensions/|\[trash\]/)")
EMBEDDED = re.compile(r"^word/(embeddings|activeX|macros)/|\.bin$", re.I)
PICTURES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".gif": "GIF", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF"}
EMPTIED = {"author", "initials", "userId", "providerId"}
REMOVED = {"date", "dateUtc", "lastModifiedBy"}
MOMENT = (1980, 1, 1, 0, 0, 0)
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def clean_docx(content):
    """The bytes of the new file. Raises PaperRefused."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            parts = [part for part in old.infolist() if not part.is_dir() and not DROPPED.match(part.filename)]
            _check(parts)
            for part in parts:
                written = zipfile.ZipInfo(part.filename, MOMENT)
                written.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(written, _cleaned(part.filename, old.read(part)))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, *BROKEN) as reason:
        raise cannot_be_read() from reason
    return out.getvalue()


def _check(parts):
    if any(EMBEDDED.search(part.filename) for part in parts):
        raise PaperRefused(_("这个 Word 文件里嵌了别的文件，不能清理。请转成 PDF 或拍成照片再传。"))
    if sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))) > MOST_XML:
        raise PaperRefused(_("这个 Word 文件太长，请只传要紧的几页。"))


def _cleaned(name, data):
    suffix = PurePosixPath(name).suffix.lower()
    if name == "[Content_Types].xml":
        return _without_parts(data, "PartName")
    if name.endswith(".rels"):
        return _relations(name, data)
    if suffix == ".xml":
        return _text(data)
    if suffix in PICTURES:
        return _picture(data, PICTURES[suffix])
    raise PaperRefused(_("这个 Word 文件里有不能清理的内容（%(kind)s）。请转成 PDF 或拍成照片再传。") % {"kind": suffix or name})


def _without_parts(data, attribute):
    """Content types without the parts that were dropped."""
    root = etree.fromstring(data, etree.XMLParser(**PARSER))
    for entry in list(root):
        if DROPPED.match(entry.get(attribute, "").lstrip("/")):
            root.remove(entry)
    return _written(root)


def _relations(name, data):
    """Relations without dropped parts; addresses of files on the author's machine are emptied."""
    root = etree.fromstring(data, etree.XMLParser(**PARSER))
    folder = PurePosixPath(name).parent.parent
    for entry in list(root):
        target = entry.get("Target", "")
        if entry.get("TargetMode") == "External":
            if not target.lower().startswith(("http:", "https:", "mailto:")):
                entry.set("Target", "about:blank")
        elif DROPPED.match(_resolved(folder, target)):
            root.remove(entry)
    return _written(root)


def _resolved(folder, target):
    """The part that a relation names, seen from the archive's root."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = []
    for step in (folder / target).parts:
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _text(data):
    root = etree.fromstring(data, etree.XMLParser(**PARSER))
    for element in list(root.iter(etree.Element)):
        local = etree.QName(element).localname
        if local in ("rsids", "attachedTemplate", "docVars") and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        for name in list(element.attrib):
            word = etree.QName(name).localname
            if word in EMPTIED:
                element.set(name, "")
            elif word in REMOVED or word.startswith("rsid") or word in ("paraId", "textId"):
                del element.attrib[name]
    return _written(root)


def _picture(data, kind):
    """The same picture, decoded and encoded again."""
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise PaperRefused(_("这个 Word 文件里的图片太大，请压缩以后再传。"))
        if kind != "PNG" and image.mode not in ("RGB", "L"):
            image = image.convert("RGB")
        clean = Image.new(image.mode, image.size)
        if image.mode == "P":
            clean.putpalette(image.getpalette())
        clean.paste(image)
        out = io.BytesIO()
        clean.save(out, kind)
        return out.getvalue()


def _written(root):
    for comment in root.iter(etree.Comment, etree.ProcessingInstruction):
        comment.text = ""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
