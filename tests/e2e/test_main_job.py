"""The main job in a real browser, from an empty installation to the list on the wall; every page passed is checked.

One long walk, because each part stands on the records of the one before it: the office brings the ledgers in and opens a
campaign, a secretary logs activities, a run scores them, and a nominee of the branch is decided on and exported.
"""
import pytest

from campaign.models import Activity
from tests.e2e import main_job_awards as awards
from tests.e2e import main_job_records as records
from tests.e2e.conftest import DESKTOP, PHONE


@pytest.fixture
def look(axe, fits, shoot):
    """`look(page, name)` checks the page as it is at both widths; with `main=True` with axe at 390 pixels too."""

    def check(page, name, main=False):
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            fits(page)
            if main or size == DESKTOP:
                axe(page)
            shoot(page, f"main-{name}")

    return check


def test_from_the_ledgers_to_the_award_list(
    desktop, open_page, phone, without_script, log_in, sign_in, look, axe, fits, shoot
):
    records.sign_in_for_the_first_time(desktop, log_in, look)
    records.import_the_ledgers(desktop, look)
    branch = records.look_round_the_organisation(desktop, look)
    campaign = records.open_a_campaign(desktop, look)
    secretary, task = records.secretary_with_a_task(branch, campaign)
    branch_desk = open_page(DESKTOP)
    records.log_from_a_task(branch_desk, log_in, secretary, task, look)
    records.log_with_a_photo(phone, sign_in, secretary, axe, fits, shoot)
    records.log_without_scripts(without_script, sign_in, secretary, shoot)
    assert Activity.objects.standing().filter(organization=branch).count() == 3
    awards.score_everybody(desktop, look)
    round_url = awards.open_a_round(desktop, look)
    member = awards.nominate(branch_desk, round_url, branch, look)
    awards.check_and_decide(desktop, round_url, look)
    awards.export_both(desktop, round_url, member, branch, look)
