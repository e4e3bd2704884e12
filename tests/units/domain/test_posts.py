"""Posts: one secretary or acting one, terms, replacing with a tick, and the role in the system going with the post."""
import datetime

import pytest

from tests.factories.units import PostFactory, RoleGrantFactory, UserFactory
from units.domain.memberships import DayCannotBe
from units.domain.posts import NotOfUs, PostEnded, PostTaken, board_of, leave_post, take_post, terms_ending
from units.domain.roles import grant_secretaries
from units.enums import PostKind, Role
from units.models import HistoryEntry, Post, RoleGrant

DAY = datetime.date(2011, 6, 1)
BEFORE = datetime.date(2011, 5, 31)


@pytest.fixture
def heir(branch_members):
    return branch_members[2]


@pytest.fixture
def taken(heir, branch, office, at, today):
    def call(kind=PostKind.SECRETARY, starts_on=DAY, **more):
        who = more.pop("member", heir)
        more = {"organization": branch} | more
        return take_post(who, kind=kind, starts_on=starts_on, **more, by=office, at=at, on=today)

    return call


@pytest.fixture
def secretary_post(branch):
    return Post.objects.standing().get(organization=branch, kind=PostKind.SECRETARY)


def test_a_post_carries_its_election_and_term(taken, heir):
    post = taken(PostKind.ORGANIZER, elected_on=datetime.date(2011, 5, 20), years=3)
    assert (post.elected_on, post.term_ends_on) == (datetime.date(2011, 5, 20), datetime.date(2014, 5, 20))
    assert taken(PostKind.PUBLICIST, years=2).term_ends_on == datetime.date(2013, 6, 1)
    assert taken(PostKind.DISCIPLINE).term_ends_on is None
    notes = [entry.detail["note"] for entry in HistoryEntry.objects.of(heir).order_by("sequence")]
    assert notes[0] == "办公厅第一党支部 · 组织委员，任期到2014年5月20日"


@pytest.mark.parametrize("kind", [PostKind.SECRETARY, PostKind.ACTING_SECRETARY])
def test_there_is_one_secretary_or_acting_one(kind, taken, branch_members):
    words = f"^现在的书记是{branch_members[0].name}。换届、连任或接替，请勾选“接替现任”。$"
    with pytest.raises(PostTaken, match=words) as refused:
        taken(kind)
    assert refused.value.field == "replaces"


def test_the_one_before_ends_the_day_before_and_loses_the_role(taken, secretary, secretary_post, branch, heir, today):
    new = taken(replaces=True)
    old = Post.objects.standing().get(lineage=secretary_post.lineage)
    assert (old.ends_on, old.change_reason, new.member) == (BEFORE, "换届", heir)
    assert not RoleGrant.objects.filter(user=secretary, role=Role.SECRETARY, revoked_at__isnull=True).exists()
    assert [post.member for post in board_of(branch, on=today)[0]] == [heir]
    assert [post.pk for post in board_of(branch, on=today)[1]] == [old.pk]
    verbs = [entry.verb for entry in HistoryEntry.objects.of(secretary_post.member).order_by("sequence")]
    assert verbs == ["leave_post"]


def test_a_second_term_keeps_the_role(taken, secretary, secretary_post):
    taken(member=secretary_post.member, replaces=True, years=3)
    assert RoleGrant.objects.filter(user=secretary, role=Role.SECRETARY, revoked_at__isnull=True).exists()
    assert Post.objects.standing().filter(member=secretary_post.member, ends_on__isnull=True).count() == 1


def test_whoever_acts_is_acting_no_more_once_elected(taken, heir, branch, today):
    taken(PostKind.ACTING_SECRETARY, replaces=True)
    taken(starts_on=datetime.date(2011, 6, 5), replaces=True, years=3)
    now, past = board_of(branch, on=today)
    assert [(post.kind, post.member) for post in now] == [("secretary", heir)]
    assert past[0].kind == "acting_secretary"


def test_an_acting_secretary_gets_the_role_as_a_secretary_does(taken, heir, branch, security, at, today):
    account = UserFactory(member=heir)
    taken(PostKind.ACTING_SECRETARY, replaces=True)
    grant_secretaries(by=security, at=at, on=today)
    assert account.grants.get().organization == branch and account.grants.get().role == Role.SECRETARY


def test_the_first_acting_day_comes_after_the_old_one_began(taken, secretary_post):
    with pytest.raises(DayCannotBe, match="^任职时间要晚于前一任的2009年1月1日。$"):
        taken(starts_on=datetime.date(2009, 1, 1), replaces=True)


@pytest.mark.parametrize(
    ("more", "refusal", "message"),
    [
        ({"starts_on": datetime.date(2011, 6, 11)}, DayCannotBe, "任职时间不能晚于今天。"),
        ({"elected_on": datetime.date(2011, 6, 2)}, DayCannotBe, "选举日期不能晚于任职时间。"),
    ],
)
def test_days_that_cannot_be(more, refusal, message, taken):
    with pytest.raises(refusal, match=f"^{message}$"):
        taken(PostKind.ORGANIZER, **more)


def test_posts_are_held_at_home_or_above(taken, tree, heir):
    with pytest.raises(NotOfUs, match=f"^{heir.name}的组织关系不在信息中心党委。$"):
        taken(organization=tree.institution)
    assert taken(organization=tree.organ).organization == tree.organ


def test_a_post_ends_once(secretary_post, office, secretary, at, today):
    ended = leave_post(secretary_post, happened_on=DAY, reason="工作调动", by=office, at=at, on=today)
    assert (ended.ends_on, ended.change_reason) == (DAY, "工作调动")
    assert not secretary.grants.filter(revoked_at__isnull=True).exists()
    with pytest.raises(PostEnded, match="^这个职务已经结束，请刷新页面再看。$"):
        leave_post(secretary_post, happened_on=DAY, reason="工作调动", by=office, at=at, on=today)


@pytest.mark.parametrize(
    ("day", "message"),
    [(datetime.date(2011, 6, 11), "离任日期不能晚于今天。"),
     (datetime.date(2008, 1, 1), "离任日期不能早于任职时间2009年1月1日。")],
)
def test_a_last_day_that_cannot_be(day, message, secretary_post, office, at, today):
    with pytest.raises(DayCannotBe, match=f"^{message}$"):
        leave_post(secretary_post, happened_on=day, reason="调动", by=office, at=at, on=today)


def test_roles_over_others_stay(secretary_post, secretary, tree, office, at, today):
    RoleGrantFactory(user=secretary, role=Role.MEMBER, organization=tree.organ_branch)
    leave_post(secretary_post, happened_on=DAY, reason="届满", by=office, at=at, on=today)
    assert [grant.role for grant in secretary.grants.filter(revoked_at__isnull=True)] == [Role.MEMBER]


def test_terms_that_end_soon(branch_members, today):
    near = PostFactory(member=branch_members[1], kind=PostKind.ORGANIZER, term_ends_on=today)
    PostFactory(member=branch_members[2], kind=PostKind.PUBLICIST, term_ends_on=today + datetime.timedelta(days=1))
    PostFactory(member=branch_members[3], kind=PostKind.DISCIPLINE, term_ends_on=today, ends_on=today)
    assert list(terms_ending(until=today)) == [near]


@pytest.mark.parametrize("kind", [PostKind.SECRETARY, PostKind.ACTING_SECRETARY])
def test_there_was_one_secretary_on_past_days_too(kind, taken, secretary_post, office, at, today, branch_members):
    leave_post(secretary_post, happened_on=DAY, reason="到龄", by=office, at=at, on=today)
    with pytest.raises(DayCannotBe) as refused:
        taken(kind)
    words = f"{branch_members[0].name}任书记到2011年6月1日，任职时间要晚于那一天。"
    assert (refused.value.message, refused.value.field) == (words, "starts_on")
    assert taken(PostKind.ORGANIZER) and taken(kind, starts_on=DAY + datetime.timedelta(days=1))
