"""The page on which a partner confirms its numbers, and where it is found."""
import pytest

from campaign.domain.activities import ActivityFacts, log_activity
from campaign.models import Activity, ActivityPart
from tests.campaign.views.activity_form import at_field
from tests.factories.campaign import ActivityKindFactory
from tests.factories.units import user_with
from units.enums import Role


@pytest.fixture
def joint(campaign, branch, tree, secretary, at, today):
    facts = ActivityFacts(
        kind=ActivityKindFactory(), title="联合走访", text="两个支部一起走访了 12 户老人。", happened_on=today, present=5,
        partners=(tree.institution_branch,),
    )
    return log_activity(branch, facts, campaign=campaign, by=secretary, at=at)


@pytest.fixture
def url(joint, tree):
    return f"/activities/{joint.lineage}/parts/{tree.institution_branch.pk}/"


def test_the_partners_secretary_confirms(joint, url, outsider, client_for, tree):
    browser = client_for(outsider)
    assert f'href="{url}"' in browser.get("/activities/").content.decode()
    assert f'href="{url}"' in browser.get(joint.get_absolute_url()).content.decode()
    page = browser.get(url)
    assert page.context["form"]["present"].value() == 3 and "两个支部一起走访了 12 户老人。" in page.content.decode()
    missing = tree.members[tree.institution_branch.pk][1]
    sent = {"nonce": "a", "present": "2", "expected": "3", "absent": [missing.pk], f"absence_{missing.pk}": "ill"}
    page = browser.post(url, sent, follow=True)
    assert page.redirect_chain[0] == (joint.get_absolute_url(), 302)
    assert "2 人，应到 3 人" in page.content.decode() and "已确认" in page.content.decode()
    assert ActivityPart.objects.standing().get().present == 2
    assert browser.get(url).url == joint.get_absolute_url()
    browser.post(url, sent)
    assert Activity.objects.filter(lineage=joint.lineage).count() == 2


def test_refusals_stand_at_their_fields(url, outsider, client_for):
    page = client_for(outsider).post(url, {"present": "4", "expected": "3"})
    assert at_field(page, "present") == ["本支部这一天应到 3 人，参加的不能多于 3 人。"]


@pytest.mark.parametrize(
    ("who", "status"), [("office", 200), ("leader", 403), ("inspector", 403), ("secretary", 404), ("member", 404)]
)
def test_who_may_confirm(request, url, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).get(url).status_code == status


def test_the_committee_above_the_partner_may_and_others_do_not_know_of_it(joint, url, tree, client_for):
    above = client_for(user_with(Role.COMMITTEE, tree.institution))
    assert above.get(url).status_code == 200
    other = client_for(user_with(Role.SECRETARY, tree.society))
    assert other.get(url).status_code == 404 == other.get(joint.get_absolute_url()).status_code


def test_the_lead_sees_that_it_waits(joint, secretary, client_for):
    page = client_for(secretary).get(joint.get_absolute_url()).content.decode()
    assert "等该支部书记确认人数，确认以后才计入" in page and "等确认" in page
    assert "别的单位记的联合活动" not in client_for(secretary).get("/activities/").content.decode()


def test_a_partner_is_no_corrector(joint, outsider, client_for):
    assert client_for(outsider).get(f"/activities/{joint.lineage}/correct/").status_code == 404
