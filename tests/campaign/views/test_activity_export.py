"""The list of activities as a workbook: exactly the rows of the filtered list, with what their kinds ask for."""
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from campaign.models import ActivityKind
from tests.factories.campaign import ActivityFactory, CriterionFactory
from units.models import HistoryEntry

URL = "/activities/export/"


def rows_of(response):
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()


def test_the_rows_are_those_of_the_filtered_list(campaign, branch, tree, secretary, client_for):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好")
    lecture = ActivityKind.objects.get(code="party_lecture")
    ActivityFactory(
        campaign=campaign, organization=branch, title="讲党课", kind=lecture, codes=["G2"], served=4, bodies=["union"],
        extras={"speaker": "李四", "topic": "讲党史"},
    )
    ActivityFactory(campaign=campaign, organization=branch, title="走访")
    ActivityFactory(campaign=campaign, organization=tree.society, title="外单位的", kind=lecture)
    rows = rows_of(client_for(secretary).get(f"{URL}?kind=party_lecture"))
    assert len(rows) == 3
    assert rows[2][1:4] == ["讲党课", branch.name, "党课"]
    assert rows[2][5:7] == ["主讲人：李四；题目：讲党史", "党员队伍好"]
    assert rows[2][11:13] == [4, "工会"]
    entry = HistoryEntry.objects.get(verb="export")
    assert (entry.actor, entry.detail) == (secretary, {"what": "活动记录", "rows": 1})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_file_needs_the_same_queries_for_any_number(campaign, branch, secretary, client_for, rows, django_assert_num_queries):
    ActivityFactory.create_batch(rows, campaign=campaign, organization=branch)
    browser = client_for(secretary)
    browser.get(URL)
    with django_assert_num_queries(15):
        browser.get(URL)


def test_the_list_leads_to_the_file_with_its_filters(campaign, branch, secretary, client_for):
    ActivityFactory(campaign=campaign, organization=branch)
    page = client_for(secretary).get("/activities/?kind=theme_day").content.decode()
    assert 'href="/activities/export/?kind=theme_day"' in page
