"""Pages of what is shown: lists, writing with and without a photo, the office's steps, and what needs no account."""
import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaign.models import Exhibit, Paper, RoleModel
from tests.factories.releases import ExhibitFactory, PaperFactory, RoleModelFactory

MAKERS = {"role_model": RoleModelFactory, "exhibit": ExhibitFactory, "paper": PaperFactory}
STORY = {"title": "窗口就是家门口", "story": "延时办公。", "lesson": "时间放到下班以后。", "consent_on": "2011-05-20"}


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("word", MAKERS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_needs_the_same_queries_for_any_number(
    word, rows, campaign, branch, member, client_for, django_assert_num_queries
):
    MAKERS[word].create_batch(rows, campaign=campaign, organization=branch)
    browser = client_for(member)
    browser.get(reverse(f"{word}_list"))
    with django_assert_num_queries(8):
        answer = browser.get(reverse(f"{word}_list"))
    assert len(answer.context["page"]) == rows


def test_an_empty_list_says_so_and_a_filter_finds(campaign, branch, secretary, client_for):
    browser = client_for(secretary)
    assert "还没有发布的典型。" in browser.get(reverse("role_model_list")).content.decode()
    RoleModelFactory(campaign=campaign, organization=branch, title="家门口的窗口")
    assert "家门口的窗口" in browser.get(reverse("role_model_list"), {"q": "窗口"}).content.decode()
    assert "没有符合条件的。" in browser.get(reverse("role_model_list"), {"q": "没有"}).content.decode()


def test_a_secretary_recommends_and_the_office_publishes(campaign, branch, branch_members, secretary, office, client_for):
    answer = client_for(secretary).post(reverse("role_model_new"), {**STORY, "member": branch_members[1].pk, "nonce": "a" * 32})
    made = RoleModel.objects.get()
    assert (answer.url, made.state, made.organization, made.member) == (
        made.get_absolute_url(), "submitted", branch, branch_members[1])
    page = client_for(office).get(made.get_absolute_url()).content.decode()
    assert reverse("role_model_publish", args=[made.pk]) in page
    client_for(office).post(reverse("role_model_publish", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "published"


def test_a_draft_needs_no_consent_yet_and_handing_in_does(campaign, secretary, branch_members, client_for):
    browser = client_for(secretary)
    words = {**STORY, "member": branch_members[1].pk, "consent_on": ""}
    answer = browser.post(reverse("role_model_new"), words)
    assert "展示个人事迹，要先有本人同意。请写同意的日期。" in answer.content.decode()
    assert not RoleModel.objects.exists()
    browser.post(reverse("role_model_new"), {**words, "draft": "1"})
    assert RoleModel.objects.get().state == "draft"


def test_a_photo_is_checked_stored_and_served(campaign, secretary, outsider, client_for):
    words = {
        "title": "走进社区", "happened_on": "2011-06-05", "place": "社区", "people": "党员", "background": "主题实践",
        "occasion": "代办", "consent_on": "2011-06-05",
    }
    browser = client_for(secretary)
    assert "请选一张照片。" in browser.post(reverse("exhibit_new"), words).content.decode()
    fake = SimpleUploadedFile("假.jpg", b"<html>")
    assert "“假.jpg”不是照片" in browser.post(reverse("exhibit_new"), {**words, "picture": fake}).content.decode()
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(drawn, "JPEG")
    browser.post(reverse("exhibit_new"), {**words, "picture": SimpleUploadedFile("真.jpg", drawn.getvalue())})
    made = Exhibit.objects.get()
    photo = reverse("exhibit_photo", args=[made.pk])
    assert client_for(outsider).get(photo).status_code == 404
    Exhibit.objects.filter(pk=made.pk).update(state="published", published_at=made.moved_at)
    answer = client_for(outsider).get(photo)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")


def test_a_returned_paper_is_changed_and_handed_in_again(campaign, branch, secretary, office, client_for):
    paper = PaperFactory(campaign=campaign, organization=branch, state="submitted", created_by=secretary)
    back = reverse("paper_return", args=[paper.pk])
    assert "请写一句要改什么。" in client_for(office).post(back, {"note": ""}).content.decode()
    client_for(office).post(back, {"note": "写短一点"})
    edit = reverse("paper_edit", args=[paper.pk])
    assert "写短一点" in client_for(secretary).get(edit).content.decode()
    words = {"title": "短", "authors": "调研组", "summary": "短。", "text": "短。", "kind": "theory"}
    client_for(secretary).post(edit, words)
    paper.refresh_from_db()
    assert (paper.state, paper.title, paper.kind) == ("submitted", "短", "theory")


@pytest.mark.parametrize(("who", "status"), [("office", 302), ("secretary", 403), ("member", 404), ("outsider", 404)])
def test_who_publishes(request, campaign, branch, client_for, who, status):
    paper = PaperFactory(campaign=campaign, organization=branch, state="submitted")
    user = request.getfixturevalue(who)
    assert client_for(user).post(reverse("paper_publish", args=[paper.pk])).status_code == status
    paper.refresh_from_db()
    assert paper.state == ("published" if status == 302 else "submitted")


@pytest.mark.parametrize(("who", "status"), [("secretary", 302), ("office", 302), ("member", 403), ("outsider", 403)])
def test_who_takes_down(request, campaign, branch, client_for, who, status):
    paper = PaperFactory(campaign=campaign, organization=branch)
    url = reverse("paper_take_down", args=[paper.pk])
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(url).status_code == (200 if status == 302 else status)
    assert browser.post(url).status_code == status
    paper.refresh_from_db()
    assert (paper.state == "withdrawn") is (status == 302)


def test_members_do_not_write_and_the_office_chooses_for_whom(campaign, member, office, client_for):
    assert client_for(member).get(reverse("paper_new")).status_code == 403
    assert "交一篇成果" in client_for(office).get(reverse("paper_new")).content.decode()


def test_the_whole_screen_has_a_way_on_and_moves_by_nothing_else(campaign, branch, member, client_for):
    first, second = ExhibitFactory.create_batch(2, campaign=campaign, organization=branch)
    page = client_for(member).get(reverse("exhibit_full", args=[second.pk])).content.decode()
    assert reverse("exhibit_full", args=[first.pk]) in page and "第 1 张，共 2 张" in page
    assert "<script" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_without_an_account_only_what_is_released_is_seen(rows, campaign, branch, client_for, django_assert_num_queries):
    shown = PaperFactory.create_batch(rows, campaign=campaign, organization=branch, is_open=True)
    inside = PaperFactory(campaign=campaign, organization=branch, title="只给内部看")
    with django_assert_num_queries(5):
        page = client_for(None).get(reverse("showcase")).content.decode()
    assert all(paper.title in page for paper in shown) and inside.title not in page
    assert client_for(None).get(reverse("showcase_item", args=["papers", shown[0].pk])).status_code == 200
    assert client_for(None).get(reverse("showcase_item", args=["papers", inside.pk])).status_code == 404
    assert client_for(None).get(reverse("showcase_item", args=["secrets", inside.pk])).status_code == 404


def test_an_empty_showcase_says_so(db, client_for):
    assert "现在没有对外公开的内容。" in client_for(None).get(reverse("showcase")).content.decode()


def test_a_photo_without_an_account_goes_with_its_exhibit(campaign, branch, client_for):
    exhibit = ExhibitFactory(campaign=campaign, organization=branch, is_open=True)
    url = reverse("showcase_photo", args=[exhibit.pk])
    assert client_for(None).get(url).status_code == 200
    Exhibit.objects.update(state="withdrawn")
    assert client_for(None).get(url).status_code == 404


def test_the_papers_own_page_shows_its_text(campaign, branch, member, client_for):
    paper = PaperFactory(campaign=campaign, organization=branch)
    assert paper.text in client_for(member).get(paper.get_absolute_url()).content.decode()
    assert Paper.objects.count() == 1


# Shown longer ---------------------------------------------------------------------------------
@pytest.fixture
def ending(campaign, branch):
    return RoleModelFactory(campaign=campaign, organization=branch, expires_on=datetime.date(2011, 6, 20))


def test_the_unit_shows_it_longer_with_a_new_consent(ending, secretary, client_for):
    browser, url = client_for(secretary), reverse("role_model_renew", args=[ending.pk])
    assert url in browser.get(ending.get_absolute_url()).content.decode()
    assert "现在展示到 2011年6月20日" in browser.get(url).content.decode()
    sent = {"expires_on": "2011-12-31", "consent_on": "", "nonce": "d" * 32}
    assert browser.post(url, sent).context["form"].errors["consent_on"] == ["请选日期。"]
    page = browser.post(url, {**sent, "consent_on": "2011-05-20"}).content.decode()
    assert "接着展示，要再问一次同意。请写这一次同意的日期，要晚于上次的2011年5月20日。" in page and "2011-12-31" in page
    sent = {**sent, "consent_on": "2011-06-09", "nonce": "e" * 32}
    assert [browser.post(url, sent).url for _click in range(2)] == [ending.get_absolute_url()] * 2
    ending.refresh_from_db()
    assert (str(ending.expires_on), str(ending.consent_on)) == ("2011-12-31", "2011-06-09")
    page = browser.get(ending.get_absolute_url()).content.decode()
    assert "延长展示" in page and "展示到2011年12月31日，原来到2011年6月20日" in page


def test_a_paper_asks_for_no_consent(campaign, branch, secretary, client_for):
    paper = PaperFactory(campaign=campaign, organization=branch, expires_on=datetime.date(2011, 6, 20))
    page = client_for(secretary).get(reverse("paper_renew", args=[paper.pk])).content.decode()
    assert 'name="expires_on"' in page and 'name="consent_on"' not in page


@pytest.mark.parametrize(("who", "status"), [("secretary", 200), ("office", 200), ("member", 403), ("outsider", 403)])
def test_who_opens_the_page_that_shows_it_longer(request, who, status, ending, client_for):
    url = reverse("role_model_renew", args=[ending.pk])
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(url).status_code == status
    assert (url in browser.get(ending.get_absolute_url()).content.decode()) is (status == 200)


def test_without_an_end_there_is_nothing_to_show_longer(campaign, branch, secretary, client_for):
    shown = RoleModelFactory(campaign=campaign, organization=branch)
    answer = client_for(secretary).get(reverse("role_model_renew", args=[shown.pk]))
    assert answer.status_code == 403 and "没有写“展示到”，一直展示，不用延长。" in answer.content.decode()
