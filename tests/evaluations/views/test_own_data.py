"""个人信息: all that names the person and nothing of others, numbers masked, a file that is on record."""
import pytest
from django.urls import reverse

from tests.factories.campaign import ActivityFactory, CommitmentFactory
from tests.factories.evaluations import ReviewFactory
from units.domain.id_numbers import seal
from units.models import Export, HistoryEntry

PAGE = "/own-data/"


@pytest.fixture
def person(branch_members):
    """The member whose account is the fixture `member`."""
    return branch_members[1]


def test_what_names_the_person_and_nothing_of_others(
    campaign, branch, person, branch_members, member, office, outsider, at, client_for
):
    person.id_number_sealed, person.phone = seal("11010519491231002X"), "13812340743"
    person.save(update_fields=["id_number_sealed", "phone"])
    ActivityFactory(campaign=campaign, organization=branch, title="走访困难户", roster={person: True, branch_members[2]: True})
    CommitmentFactory(campaign=campaign, member=person, text="上门办证")
    CommitmentFactory(campaign=campaign, member=branch_members[2], text="别人的承诺")
    ReviewFactory(campaign=campaign, member=person, strengths="肯帮人")
    for who, title in ((office, "全部党员花名册"), (outsider, "别处的花名册")):
        Export.objects.create(kind="roster", title=title, requested_by=who, queued_at=at, parameters={"organization": None})
    page = client_for(member).get(PAGE).content.decode()
    numbers = ("138****0743", "110105***********X")
    for words in ("走访困难户", "上门办证", "肯帮人", *numbers, "全部党员花名册", office.name, branch.name):
        assert words in page
    assert "别处的花名册" not in page
    assert "别人的承诺" not in page and branch_members[2].name not in page and "13812340743" not in page


@pytest.mark.parametrize("who", ["office", "system", "auditor", "secretary"])
def test_everybody_has_such_a_page(who, request, tree, client_for):
    user = request.getfixturevalue(who)
    assert user.username in client_for(user).get(PAGE).content.decode()


def test_the_file_holds_the_same_and_is_on_record(member, client_for):
    answer = client_for(member).get(reverse("own_data_file"))
    assert dict(answer.json()["账号"])["账号"] == member.username
    assert HistoryEntry.objects.get(verb="export").actor == member
