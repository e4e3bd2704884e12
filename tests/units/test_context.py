import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories.units import user_with
from units import navigation
from units.context import Frame
from units.enums import Role
from units.models import User


def frame_for(user, path="/"):
    request = RequestFactory().get(path)
    request.user = User.objects.get(pk=user.pk) if user else AnonymousUser()
    return Frame(request)


def entries(frame):
    return [entry for group in frame.nav for entry in group["entries"]]


@pytest.fixture
def badges(monkeypatch):
    """A registry of counts of this test's own."""
    monkeypatch.setattr(navigation, "_badges", {})
    return navigation.register_badge


def test_a_stranger_sees_no_navigation_and_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        frame = frame_for(None)
        assert (frame.nav, frame.tabs, frame.user_name, frame.find_url, frame.unread) == ([], [], "", "", 0)


def test_the_frame_of_a_page_costs_two_queries_at_most(secretary, badges):
    request = RequestFactory().get("/password/")
    request.user = User.objects.get(pk=secretary.pk)
    with CaptureQueriesContext(connection, ) as queries:
        html = render_to_string("base.html", {"frame": Frame(request), "request": request})
    assert len(queries) == 2  # the grants, and the name of the root
    assert "支部书记 · 支部书记" in html and "直属机关党委" in html


def test_the_name_of_the_root_is_no_query_for_those_who_act_for_it(office, django_assert_num_queries):
    frame = frame_for(office)
    with django_assert_num_queries(1):
        assert (frame.root_name, frame.role_name) == ("直属机关党委", "领导小组办公室")


def test_counts_stand_beside_their_words_and_are_asked_once_a_page(secretary, badges):
    asked = []
    badges("plan_list", lambda user: asked.append(user) or 2)
    badges("timeline", lambda user: 1)  # a second page of the same entry
    badges("inbox", lambda user: 4)
    frame = frame_for(secretary)
    for _ in range(2):
        counts = {str(entry.label): entry.count for entry in entries(frame)}
    assert counts["计划与任务"] == 3
    assert len(asked) == 1
    assert frame.unread == 4


def test_no_count_is_asked_for_a_page_without_the_side_bar(secretary, badges):
    badges("plan_list", lambda user: pytest.fail("asked"))
    assert frame_for(secretary).user_name == "支部书记"


def test_the_page_is_marked_and_the_section_above_a_page_too(office):
    frame = frame_for(office, "/exports/")
    assert {str(entry.label): entry.current for entry in entries(frame)}["导入导出"] == "page"
    below = frame_for(office, "/exports/7/")
    assert {str(entry.label): entry.current for entry in entries(below)}["导入导出"] == "true"
    assert {entry.current for entry in entries(frame_for(office, "/elsewhere/"))} == {""}


def test_only_one_entry_is_marked_where_one_address_lies_below_another(secretary):
    shown = {str(entry.label): entry.current for entry in entries(frame_for(secretary, "/activities/new/"))}
    assert (shown["记活动"], shown["活动"]) == ("page", "")
    above = {str(entry.label): entry.current for entry in entries(frame_for(secretary, "/activities/calendar/"))}
    assert (above["记活动"], above["活动"]) == ("", "true")


def test_an_account_without_roles_gets_a_page_and_no_navigation(db):
    frame = frame_for(User.objects.create_user("nobody", name="无角色"))
    assert (frame.nav, frame.role_name, frame.root_name, frame.other_grants) == ([], "", "", [])


def test_entries_of_ones_own_need_the_record(member, tree):
    own = f"/members/{member.member_id}/"
    without = user_with(Role.MEMBER, tree.organ_branch, name="无名册")
    assert navigation.Page("我的记录", "member_detail", navigation.OWN_MEMBER).url(without, None) == ""
    assert navigation.Page("我的记录", "member_detail", navigation.OWN_MEMBER).url(member, None) == own


def test_only_those_who_log_activities_have_the_key_for_it(secretary, leader):
    assert frame_for(secretary).new_url == "/activities/new/"
    assert frame_for(leader).new_url == ""


@pytest.mark.parametrize(
    ("role", "path", "label"),
    [
        ("leader", "/coverage/activity/", "领导看板"),
        ("office", "/coverage/activity/", "进度与覆盖"),
        ("leader", "/plans/", "单位与党员"),
        ("office", "/scores/7/", "条件与计分"),
        ("secretary", "/scores/7/", "支部与党员"),
        ("leader", "/nominations/7/", "表彰与展示"),
        ("secretary", "/members/7/", "支部与党员"),
        ("office", "/tasks/7/close/", "计划与活动"),
    ],
)
def test_a_page_below_no_entry_marks_the_one_that_stands_for_it(role, path, label, request):
    frame = frame_for(request.getfixturevalue(role), path)
    assert [str(entry.label) for entry in entries(frame) if entry.current] == [label]
