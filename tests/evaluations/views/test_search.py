"""Finding: only what lies in one's own scope, the same queries for any number."""
import pytest

from tests.factories.campaign import ActivityFactory, CampaignFactory


@pytest.fixture
def campaign(root):
    return CampaignFactory(organization=root)


def found(client_for, user, words):
    return client_for(user).get("/find/", {"q": words}).content.decode()


def test_finds_organisation_member_and_activity(campaign, branch, branch_members, office, client_for):
    ActivityFactory(campaign=campaign, organization=branch, title="义务植树")
    assert branch.name in found(client_for, office, "第一党支部")
    assert branch_members[1].get_absolute_url() in found(client_for, office, branch_members[1].name)
    assert "义务植树" in found(client_for, office, "植树")


def test_finds_nothing_outside_the_scope(campaign, branch, branch_members, outsider, client_for):
    ActivityFactory(campaign=campaign, organization=branch, title="义务植树")
    for words in ("办公厅", branch_members[1].name, "植树"):
        assert "没有找到。换个短一点的词再试。" in found(client_for, outsider, words)


def test_empty_search_shows_the_form_only(office, client_for):
    text = found(client_for, office, "  ")
    assert "没有找到" not in text
    assert "要找的名称" in text


def test_more_than_ten_members_are_cut_with_a_word(tree, office, client_for):
    text = found(client_for, office, "张")
    assert "只显示前 10 个，请把名字写全一些。" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_same_queries_for_any_number(rows, campaign, branch, office, client_for, django_assert_num_queries):
    for _number in range(rows):
        ActivityFactory(campaign=campaign, organization=branch, title="义务植树")
    client = client_for(office)
    client.get("/find/", {"q": "植树"})
    with django_assert_num_queries(7):
        client.get("/find/", {"q": "植树"})
