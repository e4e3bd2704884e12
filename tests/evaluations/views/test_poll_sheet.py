"""The printed sheet of a released poll: figures, formula, validity, what is suppressed in words, and who gets it."""
import re

import pytest

from evaluations.domain import releases
from evaluations.models import Appraisal, Poll
from tests.factories.polls import POLL_AT, cast_all, count, open_poll

HIDDEN = "不公布：不足 5 份，或者能推算出不足 5 份的"


def released(campaign, organization, secretary, cast, **how):
    """A released poll; `cast` maps an audience to [choices] of its ballots."""
    poll, codes = open_poll(campaign, organization, by=secretary, **how)
    for audience, ballots in cast.items():
        for code, choices in zip(codes[audience], ballots, strict=False):
            cast_all([code], choices)
    count(poll, by=secretary)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    return Poll.objects.get(pk=poll.pk)


def sheet_of(browser, poll):
    """(words of the sheet, [[cell]] of its rows)."""
    page = browser.get(poll.get_absolute_url()).content.decode()
    article = re.search(r"<article class=\"cx-doc.*?</article>", page, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", article, re.DOTALL)
    return article, [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]


def test_the_sheet_of_an_organization_has_every_figure(campaign, branch, secretary, client_for):
    cast = {"members": [[0, 0, 0, 0, 4]] + [[0, 1, 0, 0, 0]] * 6, "masses": [[0, 2, 0, 0, 0]] * 4 + [[1, 3, 0, 0, None]] * 2}
    poll = released(campaign, branch, secretary, cast, issued=(8, 6))
    browser = client_for(secretary)
    words, rows = sheet_of(browser, poll)
    assert ["全体", "14", "13", "92.9%"] in rows and ["党员", "8", "7", "87.5%"] in rows and ["群众", "6", "6", "100.0%"] in rows
    second = next(place for place, row in enumerate(rows) if row[0] == "中心工作和重点任务")
    assert rows[second][1:] == ["全体", "1（7.7%）", "6（46.1%）", "4（30.8%）", "2（15.4%）", "0", "0", "53.8%"]
    assert rows[second + 1] == ["党员", "1（14.3%）", "6（85.7%）", "0（0.0%）", "0（0.0%）", "0", "0", "100.0%"]
    assert rows[second + 2] == ["群众", "0（0.0%）", "0（0.0%）", "4（66.7%）", "2（33.3%）", "0", "0", "0.0%"]
    for row in rows:
        shares = [float(share) for cell in row for share in re.findall(r"（([\d.]+)%）", cell)]
        assert not shares or round(sum(shares), 1) == 100
    for sentence in (
        "满意度 = （满意 + 比较满意）÷ 有效评价。", "回收率满 80%：是；填答满 10 人：是。结果有效。", "监票人（签字）：",
        "计票人（签字）：", "主持人（签字）：", "按最大余数法取到 0.1%，每行合计 100%", "2011年6月8日",
    ):
        assert sentence in words
    page = browser.get(Appraisal.objects.get().get_absolute_url()).content.decode()
    assert f'href="{poll.get_absolute_url()}#sheet"' in page and "cx-sheetwrap" not in page


def test_what_is_suppressed_is_said_in_words(campaign, branch, secretary, client_for):
    poll = released(campaign, branch, secretary, {"members": [[0] * 5] * 7, "masses": [[3] * 5] * 2}, issued=(8, 6))
    words, rows = sheet_of(client_for(secretary), poll)
    assert ["党员", "8", "不公布"] in rows and ["群众", "6", "不公布"] in rows and ["全体", "14", "9", "64.3%"] in rows
    assert rows.count(["党员", HIDDEN]) == rows.count(["群众", HIDDEN]) == 6
    assert "回收率满 80%：否；填答满 10 人：否。结果无效，仅供参考。" in words


def test_a_poll_with_nothing_to_publish_still_has_its_sheet(campaign, branch, secretary, client_for):
    poll = released(campaign, branch, secretary, {"members": [[0] * 5] * 4}, issued=(8, 0))
    _words, rows = sheet_of(client_for(secretary), poll)
    assert ["全体", "8", "不公布"] in rows and sum(HIDDEN in row for row in rows) == 6
    assert not any("（" in cell for row in rows[1:] for cell in row if cell[:1].isdigit())


def test_a_member_sheet_names_each_member_once(campaign, branch, branch_members, secretary, client_for):
    chosen = branch_members[:2]
    poll = released(
        campaign, branch, secretary, {"members": [[0] * 8] * 6}, sheet="member", members=chosen, issued=(6, 0)
    )
    _words, rows = sheet_of(client_for(secretary), poll)
    assert all(rows.count([member.name]) == 1 for member in chosen)
    assert sum(row[1:3] == ["全体", "6（100.0%）"] for row in rows) == 8 and sum(row[0] == "综合" for row in rows) == 2
    page = client_for(secretary).get(Appraisal.objects.get().get_absolute_url()).content.decode()
    assert f'href="{poll.get_absolute_url()}#sheet"' in page


def test_no_sheet_before_the_release(campaign, branch, secretary, client_for):
    poll, codes = open_poll(campaign, branch, by=secretary)
    cast_all(codes["members"], [0] * 5)
    count(poll, by=secretary)
    assert "打印用汇总表" not in client_for(secretary).get(poll.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("inspector", 200), ("member", 404), ("outsider", 404)])
def test_who_gets_the_sheet(who, status, campaign, branch, secretary, client_for, request):
    poll = released(campaign, branch, secretary, {"members": [[0] * 5] * 6})
    answer = client_for(request.getfixturevalue(who)).get(poll.get_absolute_url())
    assert answer.status_code == status and ("打印用汇总表" in answer.content.decode()) == (status == 200)
