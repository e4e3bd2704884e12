"""Pages of spot checks: who publishes, draws and reads; the same queries for any number; the draw done again."""
from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.domain.spot_pools import PoolRule
from campaign.models import SpotCheck
from config.kit import draw
from tests.campaign.spot import drawn, inspectors_of, publish
from tests.campaign.views.activity_form import at_field
from tests.factories.units import user_with
from units.enums import Role

URL = "/spot-checks/"


@pytest.fixture
def inspectors(tree):
    return inspectors_of(tree)


def sent(group, **changes):
    return {
        "title": "6月抽查", "level": "branches", "take_organ": 1, "take_institution": 1, "take_society": 0, "never_weight": 1,
        "complaint_weight": 2, "hint_weight": 2, "rest_months": 6, "seed_source": "福彩3D", "seed_on": "2011-06-12",
        "questions": "记录对得上\n\n承诺是真的", "inspectors": [user.pk for user in group], "nonce": "n", **changes,
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(campaign, office, inspectors, at, client_for, rows,
                                                        django_assert_num_queries):
    for number in range(rows):
        publish(campaign, office, inspectors, at, title=f"抽查{number}")
    browser = client_for(office)
    browser.get(URL)
    with django_assert_num_queries(6):
        page = browser.get(URL)
    assert len(page.context["page"].object_list) == rows


@pytest.mark.parametrize("takes", [1, 2])
def test_the_page_of_a_check_too(campaign, office, inspectors, at, client_for, takes, django_assert_num_queries, stopped_clock):
    stopped_clock(at + timedelta(days=2))
    check = drawn(campaign, office, inspectors, at, rule=PoolRule("branches", {"organ": takes}))
    browser = client_for(office)
    browser.get(check.get_absolute_url())
    with django_assert_num_queries(9):
        page = browser.get(check.get_absolute_url())
    assert len(page.context["visits"]) == takes


def test_the_office_looks_at_the_pool_publishes_and_draws(campaign, office, inspectors, client_for, stopped_clock, at):
    browser = client_for(office)
    assert "检查组" in browser.get(f"{URL}new/").content.decode()
    page = browser.post(f"{URL}new/", sent(inspectors, preview="1"))
    assert "2 个里抽 1 个，权重共 4" in page.content.decode() and not SpotCheck.objects.exists()
    browser.post(f"{URL}new/", sent(inspectors))
    check = SpotCheck.objects.get()
    assert check.questions == ["记录对得上", "承诺是真的"]
    draw_url = reverse("spot_check_draw", args=[check.pk])
    assert browser.get(draw_url).status_code == 403
    assert browser.get(reverse("spot_check_again", args=[check.pk])).url == check.get_absolute_url()
    stopped_clock(at + timedelta(days=2))
    page = browser.get(check.get_absolute_url()).content.decode()
    assert "写号码，抽取" in page and "基本权重是 1；从没抽到过的加 1，近一年有意见反映的加 2" in page
    assert at_field(browser.post(draw_url, {"seed": "a"}), "seed") == ["号码只写数字，照公布的号码从左到右写全。"]
    browser.post(draw_url, {"seed": "123"})
    check.refresh_from_db()
    assert check.seed == "123" and check.visits.count() == 2
    assert browser.get(draw_url).status_code == 403


@pytest.fixture
def kin(tree, branch_members):
    """Of the office, and a member of a branch that may be drawn."""
    return user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")


ASIDE = "您所在或分管的单位在范围里：办公厅党总支（2 个党组织）。"


def test_whoever_stands_in_the_pool_is_told_and_asks_another(
    campaign, office, kin, inspectors, client_for, stopped_clock, at
):
    check = publish(campaign, office, inspectors, at)
    draw_url = reverse("spot_check_draw", args=[check.pk])
    stopped_clock(at + timedelta(days=2))
    browser = client_for(kin)
    for address in (check.get_absolute_url(), draw_url):
        page = browser.get(address).content.decode()
        assert ASIDE in page and f"可以抽取的：{office.display_name}。" in page
        assert "写号码，抽取" not in page and 'name="seed"' not in page
    browser.post(draw_url, {"seed": "123"})
    check.refresh_from_db()
    assert not check.is_drawn
    page = client_for(office).get(check.get_absolute_url()).content.decode()
    assert "写号码，抽取" in page and "所在或分管的单位在范围里" not in page
    office.grants.update(revoked_at=at)
    page = browser.get(check.get_absolute_url()).content.decode()
    assert "现在没有可以抽取的人：请安全管理员给不在范围里的同志领导小组办公室的角色；或者另公布一次" in page


def test_the_office_leaves_its_own_unit_out_and_draws(campaign, kin, inspectors, client_for, stopped_clock, at):
    browser, said = client_for(kin), sent(inspectors, take_organ=0)
    assert "您所在或分管的有：办公厅党总支。勾选以后" in browser.get(f"{URL}new/").content.decode()
    page = browser.post(f"{URL}new/", said | {"preview": "1"}).content.decode()
    assert ASIDE in page and "就在下面勾选“我的单位不进范围，由我抽取”" in page
    page = browser.post(f"{URL}new/", said | {"preview": "1", "without_own": "on"}).content.decode()
    assert ASIDE not in page and page.count("抽取人办公室二所在或分管的单位，回避") == 2
    browser.post(f"{URL}new/", said | {"without_own": "on"})
    check = SpotCheck.objects.get()
    stopped_clock(at + timedelta(days=2))
    assert "抽取人办公室二所在或分管的单位，回避" in browser.get(check.get_absolute_url()).content.decode()
    browser.post(reverse("spot_check_draw", args=[check.pk]), {"seed": "123"})
    check.refresh_from_db()
    assert check.is_drawn and check.drawn_by == kin
    page = browser.get(reverse("spot_check_again", args=[check.pk])).content.decode()
    assert "和公布的一样" in page and page.count("抽取人办公室二所在或分管的单位，回避") == 2


def test_who_has_no_unit_is_not_asked(campaign, office, inspectors, client_for):
    assert "我的单位不进范围" not in client_for(office).get(f"{URL}new/").content.decode()


def test_refusals_stand_at_their_fields(campaign, office, inspectors, client_for):
    browser = client_for(office)
    for changes, field, words in (
        ({"seed_on": "2011-06-10"}, "seed_on", "公开号码要在公布以后产生，最早是明天。"),
        ({"inspectors": [inspectors[0].pk]}, "inspectors", "检查组至少两个人。"),
        ({"questions": "长" * 101}, "questions", "每条最多 100 字。"),
        ({"title": ""}, "title", "请写抽查的名称，例如“6月随机抽查”。"),
    ):
        assert at_field(browser.post(f"{URL}new/", sent(inspectors, **changes)), field) == [words]
    page = browser.post(f"{URL}new/", sent(inspectors, take_organ=3))
    assert "机关司局可抽的只有 2 个，不够抽 3 个。" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "reads", "makes"),
    [("office", 200, 200), ("committee", 200, 403), ("secretary", 200, 403), ("leader", 200, 403), ("inspector", 200, 403),
     ("member", 200, 403), ("outsider", 200, 403), ("system", 404, 403), ("auditor", 404, 403)],
)
def test_everybody_in_the_campaign_reads_and_draws_again(request, campaign, office, inspectors, at, client_for, who, reads,
                                                         makes, stopped_clock):
    check = drawn(campaign, office, inspectors, at)
    stopped_clock(at + timedelta(days=2))
    browser = client_for(request.getfixturevalue(who))
    for name in ("spot_check_detail", "spot_check_again", "spot_check_pool"):
        assert browser.get(reverse(name, args=[check.pk])).status_code == reads
    assert browser.get(f"{URL}new/").status_code == makes
    assert browser.get(f"{URL}draw.py").status_code == (200 if reads == 200 else 403)


def test_what_was_published_can_be_taken_away_byte_for_byte(campaign, office, inspectors, at, client_for, member, stopped_clock):
    check = drawn(campaign, office, inspectors, at)
    stopped_clock(at + timedelta(days=2))
    browser = client_for(member)
    assert browser.get(reverse("spot_check_pool", args=[check.pk])).content == check.pool_text.encode()
    program = open(draw.__file__, "rb").read()
    assert browser.get(f"{URL}draw.py").content == program
    page = browser.get(reverse("spot_check_again", args=[check.pk])).content.decode()
    assert "和公布的一样" in page and check.pool_sha256 in page
    SpotCheck.objects.filter(pk=check.pk).update(pool_text=check.pool_text + " ")
    assert "和公布的不一样" in browser.get(reverse("spot_check_again", args=[check.pk])).content.decode()


def test_the_office_calls_off_what_it_published(campaign, office, inspectors, leader, client_for, at, stopped_clock):
    check, browser = publish(campaign, office, inspectors, at), client_for(office)
    address = reverse("spot_check_call_off", args=[check.pk])
    assert address in browser.get(check.get_absolute_url()).content.decode()
    assert address not in client_for(leader).get(check.get_absolute_url()).content.decode()
    assert at_field(browser.post(address, {"reason": "", "nonce": "a"}), "reason") == ["作废要写一句原因。"]
    browser.post(address, {"reason": "检查组有人调走", "nonce": "b"})
    page = client_for(leader).get(check.get_absolute_url()).content.decode()
    assert "这次抽查已经作废：" in page and "检查组有人调走" in page
    assert "已作废" in browser.get(URL).content.decode()
    assert address not in browser.get(check.get_absolute_url()).content.decode()
    refused = browser.get(address)
    assert refused.status_code == 403 and "只有等号码的抽查可以作废。" in refused.content.decode()


def test_not_from_the_day_of_the_number_on(campaign, office, inspectors, client_for, at, stopped_clock):
    check = publish(campaign, office, inspectors, at)
    stopped_clock(at + timedelta(days=(check.seed_on - at.date()).days))
    refused = client_for(office).post(reverse("spot_check_call_off", args=[check.pk]), {"reason": "不方便", "nonce": "a"})
    assert refused.status_code == 403 and "公开号码产生的那天起不能作废，抽到谁就查谁。" in refused.content.decode()
    draw_page = client_for(office).get(reverse("spot_check_draw", args=[check.pk]))
    assert draw_page.status_code == 200
