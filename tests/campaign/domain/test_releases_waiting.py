"""What of the showcase waits: for the office once it is handed in, for the unit once it was given back."""
import pytest

from campaign.domain import releases
from campaign.domain.due_releases import releases_waiting
from campaign.due import DueThing, due_things
from tests.factories.releases import ExhibitFactory, PaperFactory, RoleModelFactory
from tests.factories.units import user_with
from units.enums import Role


@pytest.fixture
def told(today):
    def of(user):
        things = [thing for thing in due_things(on=today, user=user) if thing.kind == "release"]
        return [(thing.title, thing.detail, thing.action, thing.url) for thing in things]

    return of


@pytest.fixture
def model(campaign, branch, secretary):
    return RoleModelFactory(campaign=campaign, organization=branch, title="为民", state="submitted", created_by=secretary)


def test_what_was_handed_in_waits_for_the_office(model, told, branch, secretary, committee, office, member):
    words = (f"{branch}的典型“为民”待审", "看过以后发布，或者退回并写一句。", "审阅", model.get_absolute_url())
    assert [told(user) for user in (secretary, committee, office, member)] == [[], [], [words], []]
    model.created_by = office  # nobody publishes what they wrote
    model.save()
    assert told(office) == []


def test_what_was_given_back_waits_for_the_unit(model, told, tree, secretary, committee, office, outsider, at):
    releases.return_release(model, note="写具体些", by=office, at=at)
    words = ("典型“为民”退回了，改好再提交", "写具体些", "去改", model.get_absolute_url())
    other = user_with(Role.SECRETARY, tree.organ_branch_2)
    assert [told(user) for user in (secretary, committee, office, outsider, other)] == [[words], [], [], [], []]
    releases.submit_release(model, by=secretary, at=at, on=at.date())
    releases.move_release(model, "release", by=office, at=at)
    assert told(secretary) == told(office) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_for_all_kinds(rows, campaign, branch, secretary, office, today, django_assert_num_queries):
    for factory in (RoleModelFactory, ExhibitFactory, PaperFactory):
        factory.create_batch(rows, campaign=campaign, organization=branch, state="submitted", created_by=secretary)
    with django_assert_num_queries(2):  # the grants of everybody, and the releases
        found = list(releases_waiting(DueThing, on=today))
    assert {thing.recipient_id for thing in found} == {office.pk} and len(found) == 3 * rows
