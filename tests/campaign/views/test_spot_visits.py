"""Pages of a visit: who reads it, the checklist with and without a problem, one more inspector, photos."""
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.models import Rectification
from tests.campaign.spot import drawn, inspectors_of
from tests.campaign.views.activity_form import at_field
from tests.config.kit.test_pictures import picture as picture_bytes
from tests.factories.units import user_with
from units.enums import Role


@pytest.fixture
def inspectors(tree):
    return inspectors_of(tree)


@pytest.fixture
def visit(campaign, office, inspectors, at):
    return drawn(campaign, office, inspectors, at - timedelta(days=3)).visits.get(organization__category="organ")


def step(visit, verb):
    return reverse(f"spot_visit_{verb}", args=[visit.pk])


def sent(inspectors, **changes):
    return {
        "visited_on": "2011-06-10", "present": [user.pk for user in inspectors], "verdict_0": "problem", "note_0": "缺记录",
        "due_0": "2011-07-10", "verdict_1": "fine", "summary": "", **changes,
    }


def test_an_inspector_records_what_was_found_and_adds_a_photo(visit, inspectors, client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser = client_for(inspectors[0])
    page = browser.get(step(visit, "record")).content.decode()
    assert "data-cx-signal" in page and "js/signal.js" in page
    browser.post(step(visit, "record"), sent(inspectors))
    item = Rectification.objects.get()
    page = browser.get(visit.get_absolute_url()).content.decode()
    assert "缺记录" in page and item.get_absolute_url() in page
    assert visit.get_absolute_url() in browser.get(item.get_absolute_url()).content.decode()
    photos = reverse("finding_photos", args=[visit.answers.findings().get().pk])
    assert photos in page
    assert "请选照片。" in browser.post(photos, {"nonce": "a"}).content.decode()
    browser.post(photos, {"photos": SimpleUploadedFile("a.jpg", picture_bytes(), "image/jpeg")})
    shown = visit.answers.findings().get().finding_photos.get().photo
    assert shown.get_absolute_url() in browser.get(visit.get_absolute_url()).content.decode()
    assert browser.get(step(visit, "record")).status_code == 403


def test_the_day_is_proposed_and_taken_where_nobody_names_one(visit, inspectors, client_for):
    browser = client_for(inspectors[0])
    page = browser.get(step(visit, "record")).content.decode()
    assert page.count('value="2011-07-10"') == len(visit.check_of.questions)
    assert "有问题的都转为整改，由书记负责，期限 2011年7月10日，可以改。" in page
    assert '<details class="cx-more"><summary>整改期限</summary>' in page
    refused = browser.post(step(visit, "record"), sent(inspectors, due_0="2011-06-30", verdict_1="")).content.decode()
    assert '<details class="cx-more" open><summary>整改期限</summary>' in refused
    browser.post(step(visit, "record"), sent(inspectors, due_0="", note_1="做得好", due_1="2011-07-10"))
    item = Rectification.objects.get()
    assert (item.problem, item.due_on.isoformat()) == ("缺记录", "2011-07-10")


def test_refusals_stand_at_their_fields(visit, inspectors, client_for):
    browser = client_for(inspectors[0])
    for changes, field, words in (
        ({"note_0": ""}, "note_0", "有问题的，请写一句是什么问题。"),
        ({"due_0": "2011-06-09"}, "due_0", "整改期限不能早于今天。"),
        ({"verdict_1": ""}, "verdict_1", "请选看到的情况，没有看的选“没有看”。"),
        ({"present": [inspectors[0].pk]}, "present", "检查至少两个人到场。"),
        ({"visited_on": "2011-06-11"}, "visited_on", "检查日期要在抽取以后，不晚于今天。"),
    ):
        assert at_field(browser.post(step(visit, "record"), sent(inspectors, **changes)), field) == [words]


def test_the_office_names_one_more_where_too_few_are_left(visit, inspectors, office, tree, client_for):
    visit.inspectors.filter(user=inspectors[1]).delete()
    assert client_for(inspectors[0]).get(step(visit, "record")).status_code == 403
    browser, more = client_for(office), user_with(Role.INSPECTOR, tree.root, name="加派")
    assert "请领导小组办公室加派" in browser.get(visit.get_absolute_url()).content.decode()
    browser.post(step(visit, "inspectors"), {"user": more.pk})
    assert visit.inspectors.filter(user=more).exists()
    assert at_field(browser.post(step(visit, "inspectors"), {"user": more.pk}), "user") == ["加派已经在检查组里。"]


@pytest.mark.parametrize(
    ("who", "reads", "names"),
    [("office", 200, 200), ("committee", 200, 403), ("leader", 200, 403), ("inspector", 200, 403), ("outsider", 404, 404),
     ("system", 404, 404)],
)
def test_who_reads_a_visit_and_nobody_else_records_it(request, visit, client_for, who, reads, names):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(visit.get_absolute_url()).status_code == reads
    assert browser.get(step(visit, "record")).status_code == (403 if reads == 200 else 404)
    assert browser.get(step(visit, "inspectors")).status_code == names


def test_photos_are_added_by_those_who_went(visit, inspectors, office, outsider, client_for):
    client_for(inspectors[0]).post(step(visit, "record"), sent(inspectors))
    url = reverse("finding_photos", args=[visit.answers.findings().get().pk])
    assert (client_for(office).get(url).status_code, client_for(outsider).get(url).status_code) == (403, 404)
