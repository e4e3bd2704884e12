"""Photos are served to those who see the record they belong to, as what they are and nothing else."""
import pytest

from campaign.domain.photos import photo_path
from campaign.models import (
    ActivityPhoto,
    FindingPhoto,
    OutcomePhoto,
    RectificationPhoto,
    RectificationProgress,
    SpotCheck,
    SpotVisit,
    VisitAnswer,
    VisitInspector,
)
from tests.factories.campaign import ActivityFactory, CommitmentOutcomeFactory, RectificationFactory
from tests.factories.photos import PIXEL, PhotoFactory


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(campaign, branch):
    """Of an activity of the branch."""
    activity = ActivityFactory(campaign=campaign, organization=branch)
    return ActivityPhoto.objects.create(activity=activity, photo=PhotoFactory(organization=branch)).photo


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("member", 200), ("leader", 200), ("committee", 200), ("outsider", 404), ("system", 404)],
)
def test_a_photo_exists_for_those_who_see_its_organisation(request, photo, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).get(photo.get_absolute_url()).status_code == status


def statuses(client_for, photo, *users):
    return [client_for(user).get(photo.get_absolute_url()).status_code for user in users]


def test_how_a_promise_was_judged_is_shown_to_its_branch(campaign, branch, member, outsider, client_for):
    outcome = CommitmentOutcomeFactory(commitment__campaign=campaign, commitment__organization=branch)
    photo = OutcomePhoto.objects.create(outcome=outcome, photo=PhotoFactory(organization=branch)).photo
    assert statuses(client_for, photo, member, outsider) == [200, 404]


def test_what_is_being_put_right_is_shown_to_its_owner_and_to_those_who_read_the_branch(
    campaign, branch, branch_members, member, secretary, committee, leader, client_for, at, today
):
    item = RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[2])
    told = RectificationProgress.objects.create(rectification=item, text="补了", happened_on=today, recorded_at=at)
    photo = RectificationPhoto.objects.create(progress=told, photo=PhotoFactory(organization=branch)).photo
    assert client_for(member).get(item.get_absolute_url()).status_code == 404
    assert statuses(client_for, photo, member, secretary, committee, leader) == [404, 200, 200, 200]
    item.owner = branch_members[1]
    item.save()
    assert client_for(member).get(item.get_absolute_url()).status_code == 200
    assert statuses(client_for, photo, member) == [200]


def test_a_finding_is_shown_to_those_who_were_there_and_to_those_who_read_the_branch(
    campaign, branch, member, secretary, outsider, inspector, client_for, at, today
):
    check = SpotCheck.objects.create(
        campaign=campaign, title="抽查", level="branches", questions=["看记录"], seed_source="彩票", seed_on=today,
        pool_text="{}", pool_sha256="0" * 64, published_at=at, published_by=inspector,
    )
    visit = SpotVisit.objects.create(check_of=check, organization=branch, position=0)
    answer = VisitAnswer.objects.create(visit=visit, position=0, question="看记录", verdict="problem", note="少两次")
    photo = FindingPhoto.objects.create(answer=answer, photo=PhotoFactory(organization=branch)).photo
    assert statuses(client_for, photo, member, secretary, outsider, inspector) == [404, 200, 404, 200]
    VisitInspector.objects.create(visit=visit, user=outsider)
    assert statuses(client_for, photo, outsider) == [200]


def test_a_photo_that_waits_for_its_form_is_its_authors(branch, member, secretary, client_for):
    photo = PhotoFactory(organization=branch, uploaded_by=secretary)
    assert statuses(client_for, photo, member, secretary) == [404, 200]


def test_a_stranger_is_sent_to_the_login_page(photo, client_for):
    assert client_for(None).get(photo.get_absolute_url()).status_code == 302


def test_a_photo_is_served_as_a_photo(photo, secretary, client_for):
    response = client_for(secretary).get(photo.get_absolute_url())
    assert b"".join(response.streaming_content) == PIXEL
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=86400, immutable"
    assert response["Content-Disposition"] == f'inline; filename="photo-{photo.pk}.jpg"'


def test_a_photo_whose_file_was_lost_does_not_exist(photo, secretary, client_for):
    photo_path(photo.file.name).unlink()
    assert client_for(secretary).get(photo.get_absolute_url()).status_code == 404
