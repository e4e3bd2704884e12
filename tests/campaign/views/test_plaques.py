"""The printed plaque: of what is awarded now, for those in the scope."""
import datetime

import pytest
from django.urls import reverse

from campaign.models import Designation


@pytest.fixture
def window(branch, secretary, at):
    return Designation.objects.create(
        organization=branch, kind="window", title="综合服务窗口", text="材料一次说清", applied_by=secretary, applied_at=at,
        state="awarded", plaque="S-07", awarded_on=datetime.date(2011, 3, 1), moved_at=at,
    )


@pytest.mark.parametrize(("who", "status"), [("secretary", 200), ("member", 200), ("office", 200), ("outsider", 404)])
def test_it_is_printed_within_the_scope(who, status, window, client_for, request):
    answer = client_for(request.getfixturevalue(who)).get(reverse("designation_plaque", args=[window.pk]))
    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert "综合服务窗口" in page and "牌号 S-07 · 2011年3月1日授牌" in page and "示范窗口" in page


def test_what_was_taken_back_is_not_printed_any_more(window, secretary, client_for):
    browser, address = client_for(secretary), reverse("designation_plaque", args=[window.pk])
    assert address in browser.get(window.get_absolute_url()).content.decode()
    Designation.objects.filter(pk=window.pk).update(state="withdrawn", reason="不再够格")
    assert address not in browser.get(window.get_absolute_url()).content.decode()
    assert browser.get(address).status_code == 404


def test_long_words_are_set_smaller(window, secretary, branch_members, client_for):
    browser, address = client_for(secretary), reverse("designation_plaque", args=[window.pk])
    rows, holder = Designation.objects.filter(pk=window.pk), branch_members[0]
    assert "is-long" not in browser.get(address).content.decode()
    rows.update(title="困难群众救助政策咨询与受理岗", text="答" * 91, kind="post", holder=holder)
    page = browser.get(address).content.decode()
    assert f'<p class="o">困难群众救助政策咨询与受理岗 · {holder}</p>' in page and '<p class="t is-long">' in page
    rows.update(title="困难群众救助政策咨询与受理岗位")
    page = browser.get(address).content.decode()
    assert f'<p class="o is-long">困难群众救助政策咨询与受理岗位<br>{holder}</p>' in page
