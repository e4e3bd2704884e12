"""PDF pages: Chinese text comes out as text, a missing font or a wrong template fails, and the caller may still fork."""
import os
from io import BytesIO

import pytest
from pypdf import PdfReader

from config.kit.pdf import PdfFailed, pdf
from config.kit.qr import drawing

HEAD = '#let data = json(bytes(sys.inputs.data))\n#set text(font: "Noto Sans CJK SC")\n'


@pytest.fixture
def template(tmp_path):
    def write(text):
        path = tmp_path / "page.typ"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_is_given_stands_on_the_page_as_text(template):
    words = "窗口服务问卷 “引号” #set $x$ \\ *星*"
    [page] = PdfReader(BytesIO(pdf(template(HEAD + "#data.words"), {"words": words}))).pages
    assert page.extract_text().replace("\n", "") == words
    assert page.mediabox.width == pytest.approx(595.28, abs=0.1)  # A4


def test_a_font_that_is_not_there_fails_instead_of_printing_boxes(template):
    with pytest.raises(PdfFailed, match="unknown font family: no such font"):
        pdf(template('#set text(font: "No Such Font")\n文'), {})


def test_a_wrong_template_fails_without_what_was_to_be_printed(template):
    with pytest.raises(PdfFailed) as failed:
        pdf(template(HEAD + "#data.nothing"), {"code": "SECRETCODE"})
    assert "nothing" in str(failed.value) and "SECRETCODE" not in str(failed.value)


def test_a_code_for_phones_is_drawn(template):
    made = pdf(template(HEAD + '#image(bytes(data.qr), format: "svg", width: 30mm)'), {"qr": drawing("https://example.org/q/")})
    assert made.startswith(b"%PDF-")


def test_a_process_that_asked_for_a_page_can_still_fork(template):
    """typst itself would leave every child hanging (its threads are gone there); it never runs in this process."""
    pdf(template(HEAD + "文"), {})
    pid = os.fork()
    if pid == 0:
        try:
            made = pdf(template(HEAD + "文"), {})
            os._exit(0 if made.startswith(b"%PDF-") else 1)
        finally:
            os._exit(2)
    _pid, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
