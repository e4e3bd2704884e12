"""The pages of linked bodies: by whom, with which words."""
import datetime

import pytest
from django.urls import reverse

from units.models import BodyHonour, LinkedBody

FORM = {"kind": "union", "name": "第一支部工会", "chair_name": "王五", "size": "12", "founded_on": "2006-05-01"}


@pytest.fixture
def body(branch):
    return LinkedBody.objects.create(
        organization=branch, kind="youth", name="团支部", size=8, founded_on=datetime.date(2006, 5, 4)
    )


def of(name, subject):
    return reverse(name, args=[subject.pk])


@pytest.mark.parametrize(
    ("who", "reads", "arranges"),
    [("secretary", 200, 200), ("committee", 200, 200), ("office", 200, 200), ("leader", 200, 403), ("inspector", 200, 403),
     ("member", 403, 403), ("outsider", 404, 404), ("system", 404, 404)],
)
def test_who_reads_and_arranges(request, who, reads, arranges, branch, body, client_for):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(of("linked_body_list", branch)).status_code == reads
    assert browser.get(of("linked_body_new", branch)).status_code == arranges
    pages = [browser.get(of(name, body)).status_code for name in ("linked_body_edit", "linked_body_end", "body_honour_new")]
    assert pages == [404 if who == "member" else arranges] * 3


def test_a_body_goes_its_whole_way(branch, secretary, client_for):
    browser, page = client_for(secretary), of("linked_body_list", branch)
    assert "还没有登记工会" in browser.get(page).content.decode()
    wrong = browser.post(of("linked_body_new", branch), FORM | {"size": "许多"})
    assert wrong.context["form"].errors["size"] == ["请写数字，例如 21。"]
    assert browser.post(of("linked_body_new", branch), FORM).url == page
    body = LinkedBody.objects.get()
    assert browser.post(of("linked_body_edit", body), FORM | {"size": "13"}).url == page
    honour = {"holder": "individual", "title": "优秀工会干部", "level": "unit", "happened_on": "2011-05-01"}
    honour["document"] = "工〔2011〕1号"
    missing = browser.post(of("body_honour_new", body), honour)
    assert missing.context["form"].errors["person"] == ["给个人的写姓名，给集体的不写。"]
    browser.post(of("body_honour_new", body), honour | {"person": "李四"})
    text = browser.get(page).content.decode()
    assert "13 人" in text and "李四 · 优秀工会干部" in text and "工〔2011〕1号" in text
    assert "1 个" in browser.get(branch.get_absolute_url()).content.decode()
    browser.post(of("body_honour_take_back", BodyHonour.objects.get()), {"reason": "写错了"})
    browser.post(of("linked_body_end", body), {"happened_on": "2011-06-01"})
    text = browser.get(page).content.decode()
    assert "优秀工会干部" in text and "撤销了的" in text  # the honour stands in the history only
    assert not BodyHonour.objects.standing().exists()


def test_a_sibling_s_body_does_not_exist(tree, secretary, client_for):
    sibling = LinkedBody.objects.create(organization=tree.organ_branch_2, kind="youth", name="甲", founded_on="2006-05-04")
    assert client_for(secretary).get(of("linked_body_edit", sibling)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries(rows, branch, secretary, client_for, django_assert_num_queries, at):
    for number in range(rows):
        body = LinkedBody.objects.create(organization=branch, kind="union", name=f"工会{number}", founded_on="2006-05-04")
        BodyHonour.objects.create(
            body=body, holder="collective", level="unit", title="模范职工之家", happened_on="2011-05-01", recorded_at=at
        )
    browser = client_for(secretary)
    with django_assert_num_queries(12):
        assert browser.get(of("linked_body_list", branch)).status_code == 200


@pytest.fixture
def honours(tree, body, at):
    """One of the branch, one of another unit, one of a body that ended, one taken back."""
    other = LinkedBody.objects.create(
        organization=tree.institution, kind="union", name="信息中心工会", founded_on="2006-05-01", ended_on="2011-06-01"
    )
    rows = [(body, "individual", "李四", "优秀共青团员", None), (other, "collective", "", "模范职工之家", None),
            (other, "collective", "", "写错了的", at)]
    for place, holder, person, title, ended in rows:
        BodyHonour.objects.create(
            body=place, holder=holder, person=person, level="unit", title=title, happened_on="2011-05-01", recorded_at=at,
            superseded_at=ended,
        )


@pytest.mark.parametrize(
    ("query", "titles"),
    [("", ["模范职工之家", "优秀共青团员"]), ("kind=union", ["模范职工之家"]), ("holder=individual", ["优秀共青团员"]),
     ("q=李四", ["优秀共青团员"]), ("q=信息中心", ["模范职工之家"]), ("kind=women", [])],
)
def test_the_office_sees_all_advanced_collectives_and_individuals(query, titles, honours, root, office, client_for):
    page = client_for(office).get(f"{of('body_honour_list', root)}?{query}")
    assert [honour.title for honour in page.context["page"]] == titles
    assert ("没有符合条件的。" in page.content.decode()) is (titles == [])


def test_a_unit_sees_its_own(honours, tree, unit, office, committee, client_for):
    page = client_for(office).get(of("body_honour_list", tree.institution))
    assert [honour.title for honour in page.context["page"]] == ["模范职工之家"]
    browser = client_for(committee)
    assert [honour.title for honour in browser.get(of("body_honour_list", unit)).context["page"]] == ["优秀共青团员"]
    assert browser.get(of("body_honour_list", tree.institution)).status_code == 404


def test_an_ended_body_keeps_its_honours_on_the_page(honours, tree, office, client_for):
    assert "2011年6月1日；模范职工之家" in client_for(office).get(of("linked_body_list", tree.institution)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_honours_needs_the_same_queries(rows, body, secretary, client_for, django_assert_num_queries, at, branch):
    for number in range(rows):
        BodyHonour.objects.create(
            body=body, holder="collective", level="unit", title=f"称号{number}", happened_on="2011-05-01", recorded_at=at
        )
    browser = client_for(secretary)
    browser.get(of("body_honour_list", branch))
    with django_assert_num_queries(8):
        assert browser.get(of("body_honour_list", branch)).context["page"].paginator.count == rows
