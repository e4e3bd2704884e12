"""The page that makes a question an item of the ledger: filled in beforehand, shown beside the result, by who may raise."""
import pytest

from campaign.models import Rectification
from tests.factories.questionnaires import open_questionnaire, released_questionnaire

FILLED = {"problem": "窗口态度要改", "due_on": "2011-07-10"}


@pytest.fixture
def released(campaign, branch):
    return released_questionnaire(campaign, branch, {"members": [{"a0": ["2"]}] * 6})


def address(made, position=0):
    return f"/questions/{made.questions.get(position=position).pk}/rectify/"


def test_from_the_result_to_the_ledger_and_back(client_for, office, leader, released):
    browser = client_for(office)
    page = browser.get(released.get_absolute_url()).content.decode()
    assert page.count("/rectify/") == 1 and address(released) in page  # the other questions show nothing
    form = browser.get(address(released)).content.decode()
    assert "窗口服务问卷：态度怎么样？</textarea>" in form and 'value="2011-07-10"' in form
    page = browser.post(address(released), FILLED, follow=True).content.decode()
    item = Rectification.objects.get()
    assert item.get_absolute_url() in page and "整改中 · 期限 7月10日" in page and "/rectify/" not in page
    back = browser.get(item.get_absolute_url()).content.decode()
    assert f'<a href="{released.get_absolute_url()}">问卷：窗口服务问卷</a>' in back
    assert item.get_absolute_url() in client_for(leader).get(released.get_absolute_url()).content.decode()


def test_each_refusal_is_told_in_its_words(client_for, office, campaign, branch, released):
    browser = client_for(office)
    browser.post(address(released), FILLED)
    for said in (browser.get(address(released), follow=True), browser.post(address(released), FILLED)):
        assert "这一题已经转为整改。" in said.content.decode()
    said = browser.post(address(released, 1), FILLED).content.decode()
    assert "这一题没有公布结果，不能转为整改。" in said and "窗口态度要改</textarea>" in said
    running, _codes = open_questionnaire(campaign, branch)
    assert "结果公布以后才能转为整改。" in browser.get(address(running), follow=True).content.decode()
    said = browser.post(address(released, 3), {"problem": "", "due_on": ""}).content.decode()
    assert "请写一句要改什么。" in said
    assert Rectification.objects.count() == 1


def test_who_may_raise_it(client_for, secretary, leader, member, outsider, released):
    for user in (secretary, leader):
        page = client_for(user).post(address(released), FILLED)
        assert page.status_code == 403
        assert "整改由领导小组办公室或单位党委登记，点评里的问题会自动立项。" in page.content.decode()
    for user in (outsider, member):
        assert client_for(user).post(address(released), FILLED).status_code == 404
    assert "/rectify/" not in client_for(secretary).get(released.get_absolute_url()).content.decode()
    assert not Rectification.objects.exists()


def test_a_heading_is_no_question(client_for, office, released):
    assert client_for(office).get(address(released, 2)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_result_needs_the_same_queries(client_for, office, campaign, branch, rows, django_assert_num_queries):
    made = released_questionnaire(campaign, branch, {"members": [{"a0": ["2"], "a1": ["0"], "a3": ["3"]}] * 6})
    browser = client_for(office)
    for position in (0, 1, 4)[:rows]:
        browser.post(address(made, position), FILLED)
    browser.get(made.get_absolute_url())
    with django_assert_num_queries(13):
        browser.get(made.get_absolute_url())
    assert Rectification.objects.count() == rows
