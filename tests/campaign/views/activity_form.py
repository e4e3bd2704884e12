"""What the tests of the activity form share: its address, a filled form, and what stands at a field."""
import datetime
import uuid

import pytest

from tests.factories.campaign import ActivityKindFactory, CriterionFactory, PlanFactory, TaskFactory

URL = "/activities/new/"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def criteria(campaign):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好", weight=50)
    CriterionFactory(campaign=campaign, code="G5", title="群众反映好", weight=50)


@pytest.fixture
def client(criteria, secretary, client_for):
    return client_for(secretary)


@pytest.fixture
def task(campaign, branch):
    plan = PlanFactory(campaign=campaign, organization=branch)
    return TaskFactory(plan=plan, title="窗口服务", place="办事大厅", codes=["G2", "G5"], due_on=datetime.date(2011, 6, 15))


@pytest.fixture
def fields(branch, criteria):
    """What a browser without JavaScript sends for a filled form."""
    return {
        "organization": branch.pk, "nonce": uuid.uuid4().hex, "text": "为 12 户老人办了优待证。", "happened_on": "2011-06-10",
        "roster_on": "2011-06-10", "present": "5", "expected": "5", "title": "", "codes": ["G2"], "place": "", "masses": "",
        "kind": ActivityKindFactory().pk, "task": "", "draft_id": "",
    }


def at_field(response, name):
    """The sentences that the page shows at one field."""
    return list(response.context["form"].errors.get(name, []))
