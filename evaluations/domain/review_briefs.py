"""Before a visit: which organisations to go to next, and what to know of each on one page (一页纸)."""
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

from campaign.models import Plan, Task
from config.kit.half_year import half_year_of
from evaluations.domain.review_facts import facts_since, last_review
from evaluations.domain.review_gaps import organizations_without_review
from evaluations.models import Review, ReviewReply
from units import scope
from units.domain.charges import leader_of
from units.enums import LEADS_BRANCH
from units.models import Member, Organization, Post

NEXT = 3
MOST_FACTS = 4  # of one kind; one sheet of paper holds no more


@dataclass(frozen=True)
class Brief:
    """What a leader takes along; `groups` are the facts since `previous`, cut to a sheet of paper."""

    organization: Organization
    secretary: Post | None
    members: int
    leader: str
    plan: Plan | None
    previous: Review | None
    answer: str
    groups: list


def next_visits(user, campaign, *, on):
    """The organisations to visit next, at most three: of those that the user owes a review in this half-year the never
    reviewed first, then the one reviewed longest ago, then by late tasks. They carry `last_review_on` and `late`."""
    late = _late_tasks(campaign, on)
    owed = organizations_without_review(user, campaign, half_year_of(on))
    waiting = owed.values_list("pk", "path", "last_review_on")
    first = sorted(waiting, key=lambda row: (row[2] or date.min, -late[row[1]], row[1]))[:NEXT]
    found = owed.in_bulk([pk for pk, _path, _day in first])
    for pk, path, _day in first:
        found[pk].late = late[path]
    return [found[pk] for pk, _path, _day in first]


def _late_tasks(campaign, on):
    """Counter of open tasks past their day, by the path of every organisation at or above theirs. One query."""
    tasks = Task.objects.late(on=on).filter(plan__campaign=campaign).order_by()
    counted = Counter()
    for path, number in tasks.values_list("organization__path").annotate(n=Count("pk")):
        for end in range(scope.STEP, len(path) + 1, scope.STEP):
            counted[path[:end]] += number
    return counted


def brief_of(organization, *, user, campaign, on):
    """The Brief of one organisation, as far as `user` may see."""
    previous = last_review(user, organization, None, campaign)
    groups = facts_since(previous, user=user, campaign=campaign, organization=organization, on=on)
    for group in groups:
        group.facts = group.facts[:MOST_FACTS]
    post = Post.objects.standing().on(on).filter(organization=organization, kind__in=LEADS_BRANCH)
    answers = ReviewReply.objects.visible_to(user).standing().filter(side="reviewed")
    answer = answers.of(previous).last() if previous else None
    plans = Plan.objects.visible_to(user).filter(campaign=campaign, organization=organization)
    leader = leader_of(organization, on=on)
    return Brief(
        organization=organization, secretary=post.select_related("member").order_by("-starts_on", "-pk").first(),
        members=_members(organization), leader=leader.display_name if leader else "",
        plan=plans.order_by(F("approved_at").desc(nulls_last=True), "-pk").first(), previous=previous,
        answer=answer.text if answer else "", groups=[group for group in groups if group.facts],
    )


def _members(organization):
    """How many members belong to the organisation and what is below it."""
    return Member.objects.present().filter(scope.within(organization.path, "organization__")).count()
