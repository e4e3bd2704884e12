"""Help shows the tasks of the role one acts in."""
import pytest


@pytest.mark.parametrize(
    "role, title", [("secretary", "记一条活动"), ("leader", "点评一个单位"), ("office", "导入台账"), ("auditor", "查日志")]
)
def test_each_role_reads_its_own_tasks(role, title, request, client_for):
    text = client_for(request.getfixturevalue(role)).get("/help/").content.decode()
    assert title in text
    assert "快捷键" in text


@pytest.mark.parametrize("role", ["secretary", "committee", "office"])
def test_whoever_may_hold_it_reads_how_cadres_are_appraised(role, request, client_for):
    text = client_for(request.getfixturevalue(role)).get("/help/").content.decode()
    assert "干部集中评议" in text and "一张票最多 60 人" in text


def test_member_is_not_told_how_to_import(member, client_for):
    assert "导入台账" not in client_for(member).get("/help/").content.decode()


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("secretary", ["点评党员", "回复点评"]),
        ("committee", ["点评一个单位", "开会集中点评几位书记", "把点评通报给别的单位", "回复点评"]),
        ("leader", ["点评一个单位", "开会集中点评几位书记", "把点评通报给别的单位", "看谁该点评谁"]),
        ("office", ["开会集中点评几位书记", "把点评通报给别的单位", "看谁该点评谁"]),
        ("member", ["回复点评"]),
    ],
)
def test_reviews_are_explained_to_whoever_takes_part_in_them(role, titles, request, client_for):
    tasks = dict(client_for(request.getfixturevalue(role)).get("/help/").context["tasks"])
    assert set(titles) <= set(map(str, tasks))
    assert all(len(steps) == 3 for steps in tasks.values())
