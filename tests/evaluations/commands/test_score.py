"""`manage.py score`: a whole run from the shell; `manage.py make_province`: something to measure it with."""
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from campaign.models import Activity, Campaign, Participation
from evaluations.enums import MeasureName as M
from evaluations.models import CurrentRun, RunMember, Score, ScoreLine, ScoringRun
from tests.factories.campaign import ActivityFactory, CampaignFactory
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with
from units.domain.organizations import rebuild_tree
from units.models import Member, Membership, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root, code="cxzy")
    standard_bands(made)
    criterion_with(made, (M.REACHED, 100, {"target": 2}))
    return made


@pytest.fixture
def shell(capsys):
    """`shell("score", campaign="cxzy")` gives what the command printed."""

    def call(command, **options):
        call_command(command, **options)
        return json.loads(capsys.readouterr().out)

    return call


def test_prints_the_run_and_its_digest(campaign, branch, shell, at):
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    told = shell("score", campaign="cxzy")
    run = ScoringRun.objects.get()
    assert (told["run"], told["digest"]) == (run.pk, run.result_digest)
    assert (told["as_of"], told["known_at"]) == ("2011-06-10", at.isoformat())
    assert (told["current"], told["chunks"]) == (True, 1)
    assert CurrentRun.objects.get(campaign=campaign).run == run


def test_day_moment_and_chunks_can_be_chosen(campaign, branch, shell, at):
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    first = shell("score", campaign="cxzy")
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"], recorded_at=at - timedelta(minutes=1))
    again = shell("score", campaign="cxzy", known_at=at - timedelta(minutes=2), chunk_members=1)
    later = shell("score", campaign="cxzy")
    assert again["digest"] == first["digest"] != later["digest"]
    assert (again["chunks"] > 1, again["current"]) == (True, False)
    call_command("score", "--campaign=cxzy", "--as-of=2011-06-09", "--known-at=2011-06-09T22:00")
    run = ScoringRun.objects.newest_first().first()
    assert (run.as_of.isoformat(), run.known_at.isoformat()) == ("2011-06-09", "2011-06-09T14:00:00+00:00")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--campaign=none"], "There is no campaign “none”. Campaigns: cxzy."),
        (["--campaign=cxzy", "--as-of=2010-01-01"], "日期早于活动开始的日期，没有可算的情况。"),
        (["--campaign=cxzy", "--known-at=2030-01-01T00:00"], "材料收到的时间不能晚于现在。"),
        (["--campaign=cxzy", "--as-of=June"], "Error: argument --as-of: invalid _day value: 'June'"),
        (["--campaign=cxzy", "--chunk-members=0"], "Error: argument --chunk-members: invalid _count value: '0'"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(campaign, words, message):
    with pytest.raises(CommandError) as refusal:
        call_command("score", *words)
    assert str(refusal.value) == message
    assert not ScoringRun.objects.exists()


# make_province --------------------------------------------------------------------------------
def test_province_is_whole_and_leaves_the_others_alone(campaign, tree, shell):
    members, organizations = set(Member.objects.values_list("pk", flat=True)), Organization.objects.count()
    told = shell("make_province", scale=1)
    assert (told["rows"]["organization"], told["rows"]["member"], told["rows"]["participation"]) == (100, 2000, 9200)
    made = Campaign.objects.get(code="province")
    assert Organization.objects.within(made.organization).count() == 100
    assert Organization.objects.count() == organizations + 100
    assert set(Member.objects.exclude(pk__in=members).values_list("organization__kind", flat=True)) == {"branch"}
    assert not Membership.objects.filter(organization__in=[tree.organ_branch]).exclude(member__in=members).exists()
    places = dict(Organization.objects.values_list("pk", "path"))
    spans = dict(Organization.objects.values_list("pk", "lft"))
    rebuild_tree()
    assert dict(Organization.objects.values_list("pk", "path")) == places
    assert dict(Organization.objects.values_list("pk", "lft")) == spans
    assert told["rows"]["activity"] == Activity.objects.filter(campaign=made).count()
    Member.objects.create(  # keys go on behind those that were given by hand
        name="王平", stroke_key="x", gender="male", status="full", organization=tree.organ_branch
    )


def test_province_counts_are_true(shell):
    shell("make_province", scale=1)
    for activity in Activity.objects.order_by("pk")[:50]:
        came = Participation.objects.filter(activity=activity)
        assert (came.count(), came.filter(was_present=True).count()) == (activity.expected, activity.present)
        assert set(came.values_list("member__organization", flat=True)) == {activity.organization_id}


def test_province_can_be_scored_and_one_seed_gives_one_province(shell):
    shell("make_province", scale=1)
    first = shell("score", campaign="province")
    run = ScoringRun.objects.get()
    assert (RunMember.objects.count(), Score.objects.filter(member=None).count()) == (2000, 99)
    assert set(Score.objects.filter(run=run, member=None).values_list("category", flat=True)) == {
        "organ", "institution", "society"
    }
    assert Score.objects.filter(run=run, total=None).count() < 20
    assert ScoreLine.objects.count() == 99 * 12 + 2000 * 7
    assert shell("score", campaign="province", chunk_members=300)["digest"] == first["digest"]


def test_second_province_of_a_code_is_refused(shell):
    shell("make_province", scale=1)
    with pytest.raises(CommandError, match="^已经有代号是“province”的活动。$"):
        call_command("make_province", scale=1)
    assert shell("make_province", scale=1, code="other")["campaign"] == "other"


@pytest.mark.parametrize("scale", ["0", "2", "0.0001", "x"])
def test_impossible_scale_is_refused(scale):
    with pytest.raises(CommandError, match="argument --scale: invalid"):
        call_command("make_province", "--scale", scale)
