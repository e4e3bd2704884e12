"""Help shows the tasks of the role one acts in."""
import pytest


@pytest.mark.parametrize(
    "role, title", [("secretary", "记一条活动"), ("leader", "点评一个单位"), ("office", "导入台账"), ("auditor", "查日志")]
)
def test_each_role_reads_its_own_tasks(role, title, request, client_for):
    text = client_for(request.getfixturevalue(role)).get("/help/").content.decode()
    assert title in text
    assert "快捷键" in text


def test_member_is_not_told_how_to_import(member, client_for):
    assert "导入台账" not in client_for(member).get("/help/").content.decode()
