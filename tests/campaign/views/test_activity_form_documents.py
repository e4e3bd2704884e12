"""Documents beside an activity: checked by their content, kept with their hash, served in scope as attachments only."""
import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.models import Activity, Document
from tests.campaign.views.activity_form import URL, at_field, client, criteria, fields, own_media  # noqa: F401

PDF = b"%PDF-1.4\n%%EOF\n"


def docx(*more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            packed.writestr(name, "<x/>")
    return out.getvalue()


def sent(*files):
    return [SimpleUploadedFile(name, content) for name, content in files]


@pytest.fixture
def activity(client, fields, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(URL, fields | {"documents": sent(("签到表.pdf", PDF), ("方案.doc", docx()))})
    return Activity.objects.get()


def test_documents_are_kept_with_name_and_hash_and_shown(client, activity):
    rows = list(Document.objects.order_by("pk"))
    assert [row.name for row in rows] == ["签到表.pdf", "方案.docx"]
    assert rows[0].sha256 == hashlib.sha256(PDF).hexdigest()
    assert "签到表.pdf" in client.get(activity.get_absolute_url()).content.decode()


def test_they_are_attachments_that_no_browser_sniffs(client, activity):
    answer = client.get(Document.objects.first().get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("who", "status"), [("committee", 200), ("office", 200), ("member", 200), ("outsider", 404)])
def test_who_may_fetch_them(request, activity, client_for, who, status):
    url = Document.objects.first().get_absolute_url()
    assert client_for(request.getfixturevalue(who)).get(url).status_code == status


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"MZ", "“a.pdf”不是 PDF 或 Word（.docx）文件。"),
        ("a.docx", b"PK\x03\x04", "“a.docx”不是 PDF 或 Word（.docx）文件。"),
        ("a.docx", docx("word/vbaProject.bin"), "“a.docx”里有宏，请另存为不带宏的文件。"),
        ("a.pdf", PDF + b"0" * (10 * 1024 * 1024), "“a.pdf”太大，文件最多 10 MB。"),
    ],
)
def test_what_is_something_else_is_refused(client, fields, name, content, words):
    assert at_field(client.post(URL, fields | {"documents": sent((name, content))}), "documents") == [words]
    assert not Activity.objects.exists()


def test_there_are_three_at_most(client, fields):
    page = client.post(URL, fields | {"documents": sent(*[(f"{n}.pdf", PDF) for n in range(4)])})
    assert at_field(page, "documents") == ["文件最多 3 个。"]


def test_a_correction_keeps_and_takes_away(client, fields, activity):
    first, second = Document.objects.order_by("pk")
    url = f"/activities/{activity.lineage}/correct/"
    assert "移除 签到表.pdf" in client.get(url).content.decode()
    client.post(url, fields | {"version": activity.pk, "reason": "换一份", "remove_documents": [first.pk], "nonce": "b"})
    newer = Activity.objects.standing().get()
    assert [row.document for row in newer.activity_documents.all()] == [second]
    assert activity.activity_documents.count() == 2
