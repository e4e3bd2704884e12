"""One member's years in the Party, through the pages: admitted, reminded, full on the day, transferred, honoured, excused."""
import datetime
import zoneinfo

import pytest

from campaign.due import due_things
from units.enums import MemberStatus
from units.models import HistoryEntry, Member, Membership, Transfer

BEIJING = zoneinfo.ZoneInfo("Asia/Shanghai")
PERSON = {
    "name": "赵新", "gender": "female", "ethnicity": "汉族", "born_on": "1985-03-01", "native_place": "", "education": "",
    "work_started_on": "", "administrative_post": "科员", "phone": "6130", "id_number": "", "joined_on": "2011-06-01",
}


@pytest.fixture
def admitted(branch, secretary, client_for):
    client_for(secretary).post(f"/organizations/{branch.pk}/members/new/", PERSON)
    return Member.objects.get(name="赵新")


def test_a_member_s_years(admitted, branch, tree, secretary, outsider, committee, client_for, stopped_clock):
    page = f"/members/{admitted.pk}/"
    assert (admitted.status, admitted.probation_ends_on) == (MemberStatus.PROBATIONARY, datetime.date(2012, 6, 1))
    soon = datetime.date(2012, 5, 5)
    assert [thing.title for thing in due_things(on=soon, user=secretary) if thing.kind == "probation"] == [
        "赵新的预备期到2012年6月1日满"
    ]

    stopped_clock(datetime.datetime(2012, 6, 20, 9, tzinfo=BEIJING))  # the meeting is late; the standing is not
    said = {"happened_on": "2012-06-18", "outcome": "full", "months": "", "reason": ""}
    assert client_for(secretary).post(f"{page}probation/", said).status_code == 302
    admitted.refresh_from_db()
    assert (admitted.status, admitted.full_on) == (MemberStatus.FULL, datetime.date(2012, 6, 1))

    sent = {"receiver": tree.institution_branch.name, "reason": "调到信息中心"}
    client_for(secretary).post(f"{page}transfer/", sent)
    transfer = Transfer.objects.get()
    assert client_for(secretary).post(f"/transfers/{transfer.pk}/accept/", {"moves_on": "2012-06-19"}).status_code == 403
    assert client_for(outsider).post(f"/transfers/{transfer.pk}/accept/", {"moves_on": "2012-06-19"}).status_code == 302
    admitted.refresh_from_db()
    assert admitted.organization == tree.institution_branch
    spans = Membership.objects.standing().filter(member=admitted).order_by("starts_on")
    assert [(span.organization, span.ends_on) for span in spans] == [
        (branch, datetime.date(2012, 6, 18)), (tree.institution_branch, None)
    ]

    verbs = list(HistoryEntry.objects.of(admitted).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["admit", "probation_full", "transfer"]
    words = client_for(outsider).get(page).content.decode()
    assert "正式党员" in words and "信息中心第一党支部" in words
