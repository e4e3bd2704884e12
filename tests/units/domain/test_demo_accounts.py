"""Demo accounts: one per role, in places where there is something to see, with passwords nobody else knows."""
import pytest
from django.contrib.auth import authenticate

from tests.factories.units import MemberFactory
from units.domain import demo_accounts
from units.enums import ADMINISTRATORS, Role
from units.models import HistoryEntry, User


@pytest.fixture
def large_branch(tree):
    """The first branch with enough members to be worth showing."""
    MemberFactory.create_batch(demo_accounts.SMALLEST_BRANCH, organization=tree.organ_branch)
    return tree.organ_branch


def make_all(at):
    demo_accounts.create_missing(at=at)
    return demo_accounts.hand_out(at=at)


def test_every_role_gets_an_account_that_can_sign_in(large_branch, at):
    made = make_all(at)
    assert [account.username for account in made] == [role.value for role in Role]
    for account in made:
        user = authenticate(username=account.username, password=account.password)
        assert [grant.role for grant in user.current_grants] == [account.username]
        assert len(account.password) >= 12
    assert len({account.password for account in made}) == len(made)


def test_accounts_stand_where_there_is_something_to_see(large_branch, at, tree):
    demo_accounts.create_missing(at=at)
    places = {user.username: user.main_grant.organization for user in User.objects.all()}
    assert places["secretary"] == places["member"] == large_branch
    assert places["committee"] == tree.organ
    assert places["office"] == places["leader"] == places["inspector"] == tree.root
    assert {places[role] for role in ADMINISTRATORS} == {None}
    secretary, plain = (User.objects.get(username=word).member for word in ("secretary", "member"))
    assert secretary == tree.members[large_branch.pk][0]  # the one who holds the post
    assert plain != secretary and plain.organization == large_branch


def test_a_password_is_handed_out_once(large_branch, at):
    demo_accounts.create_missing(at=at)
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert len(demo_accounts.hand_out(at=at)) == len(Role)
    assert make_all(at) == []


def test_what_was_deleted_comes_back_alone(large_branch, at):
    make_all(at)
    User.objects.get(username="leader").delete()
    assert [account.username for account in make_all(at)] == ["leader"]


def test_reset_ends_the_old_passwords(large_branch, at):
    before = {account.username: account.password for account in make_all(at)}
    after = {account.username: account.password for account in demo_accounts.reset(at=at)}
    assert set(after) == set(before)
    for username, password in after.items():
        assert authenticate(username=username, password=password)
        assert not authenticate(username=username, password=before[username])


def test_making_them_is_in_the_history_without_the_password(large_branch, at):
    made = make_all(at)
    entries = HistoryEntry.objects.filter(verb="create_account")
    assert entries.count() == len(made)
    assert not any(account.password in str(entry.detail) for entry in entries for account in made)


def test_a_small_tree_still_gets_accounts(tree, at):
    made = make_all(at)
    assert len(made) == len(Role)
    assert User.objects.get(username="secretary").main_grant.organization == tree.root


def test_without_organisations_there_is_nothing_to_show(db, at):
    with pytest.raises(demo_accounts.NothingToShow, match="请先装入演示数据"):
        demo_accounts.create_missing(at=at)
    assert not User.objects.exists()


def test_the_table_is_aligned_with_two_columns_for_a_chinese_character():
    rows = demo_accounts.table([
        demo_accounts.Made("党员", "member", "abcd-efgh-jkmn", "张三"),
        demo_accounts.Made("领导小组办公室", "office", "abcd-efgh-jkmn", "李四"),
    ])
    assert rows == [
        "角色            账号    密码            姓名",
        "党员            member  abcd-efgh-jkmn  张三",
        "领导小组办公室  office  abcd-efgh-jkmn  李四",
    ]
