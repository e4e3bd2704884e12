"""The course of a promise on its pages: questions before it is handed in, progress by quarters, evidence of a judgement."""
import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaign.models import Commitment, CommitmentOutcome
from tests.factories.campaign import CommitmentFactory, noon

WORDS = {
    "kind": "deed", "text": "为 40 户困难家庭上门办证", "baseline": "要跑三趟", "target": "最多跑一趟",
    "due_on": "2011-06-30", "member": "organization", "nonce": "a" * 32,
}


@pytest.fixture
def of_branch(campaign, branch):
    """A published promise of the branch."""
    return CommitmentFactory(campaign=campaign, organization=branch, text="支部的承诺")


def test_vague_words_bring_a_question_beside_the_field_and_the_second_press_saves(campaign, secretary, client_for):
    browser, vague = client_for(secretary), WORDS | {"text": "为群众做好服务", "target": "进一步提高水平"}
    page = browser.post("/commitments/new/", vague).content.decode()
    assert not Commitment.objects.exists()
    assert page.count("“进一步”到什么程度算做到？") == 2  # above the form and beside the field
    assert '<input type="hidden" name="anyway" value="1">' in page and 'href="#id_target"' in page
    browser.post("/commitments/new/", vague | {"anyway": "1"})
    made = Commitment.objects.get()
    assert (made.state, made.target) == ("submitted", "进一步提高水平")


def test_a_draft_is_saved_without_a_question_and_asked_when_handed_in(campaign, secretary, client_for):
    browser, vague = client_for(secretary), WORDS | {"text": "为群众做好服务", "target": "进一步提高水平"}
    browser.post("/commitments/new/", vague | {"draft": "1"})
    made = Commitment.objects.get()
    answer = browser.post(reverse("commitment_edit", args=[made.pk]), vague | {"nonce": "b" * 32})
    assert "到什么程度算做到" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "draft"


def test_evidence_may_be_files_and_stays_with_its_judgement(of_branch, committee, outsider, client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser, judge = client_for(committee), reverse("commitment_judge", args=[of_branch.pk])
    said = {"outcome": "partly", "evidence": "登记簿", "happened_on": "2011-06-10"}
    assert 'enctype="multipart/form-data"' in browser.get(judge).content.decode()
    bad = browser.post(judge, said | {"documents": SimpleUploadedFile("登记簿.txt", b"no paper")})
    assert "documents" in bad.context["form"].errors and not CommitmentOutcome.objects.exists()
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "JPEG")
    files = {
        "photos": SimpleUploadedFile("照片.jpg", drawn.getvalue()), "documents": SimpleUploadedFile("登记簿.pdf", b"%PDF-1.4 x"),
    }
    browser.post(judge, said | files)
    outcome = CommitmentOutcome.objects.get()
    [photo], [document] = outcome.outcome_photos.all(), outcome.outcome_documents.all()
    page = browser.get(of_branch.get_absolute_url()).content.decode()
    assert photo.photo.get_absolute_url() in page and "登记簿.pdf" in page
    assert len(document.document.sha256) == len(photo.photo.sha256) == 64
    assert client_for(outsider).get(document.document.get_absolute_url()).status_code == 404
    browser.post(judge, said | {"outcome": "kept", "reason": "又办成两件"})
    assert list(CommitmentOutcome.objects.standing().get().outcome_photos.all()) == []
    assert outcome.outcome_photos.count() == 1


def test_the_quarters_stand_on_the_page_and_in_the_list(of_branch, campaign, branch, secretary, client_for):
    Commitment.objects.filter(pk=of_branch.pk).update(due_on=datetime.date(2011, 12, 31))
    CommitmentFactory(campaign=campaign, organization=branch, text="刚公示的", published_at=noon(datetime.date(2011, 6, 9)))
    browser = client_for(secretary)
    page = browser.get(of_branch.get_absolute_url()).content.decode()
    assert "2011年第一季度" in page and "没有记" in page and "还没有记，剩 20 天" in page
    shown = browser.get("/commitments/" + "?state=untold").context["rows"]
    assert [row.text for row, _status, _word in shown] == ["支部的承诺"]
