"""What pages show of a poll: its step, its turnout, and the published cells in the order of the sheet."""
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from config.kit.numbers import largest_remainder
from evaluations.domain.appraisal_figures import turnout_rows
from evaluations.domain.disclosure import Group, published
from evaluations.enums import Audience, PollState
from evaluations.models import PollGroup

WHOLE = ("", None)  # the key of everybody, as (audience, organisation)
RATED_OPTIONS = 4  # every sheet has four grades; a fifth option is 不了解, which never counts
STEPS = (
    (_("拟定"), {PollState.DRAFT}), (_("投票"), {PollState.OPEN}), (_("计票"), {PollState.CLOSING, PollState.CLOSED}),
    (_("公布"), {PollState.RELEASED}),
)


def steps(poll):
    """The four steps as components/_steps_line.html takes them; a voided poll has none."""
    if poll.state == PollState.VOID:
        return []
    here = next(place for place, (_label, states) in enumerate(STEPS) if poll.state in states)
    is_over = poll.state == PollState.RELEASED
    return [
        {"label": label, "state": "done" if place < here or is_over else "now" if place == here else "next"}
        for place, (label, _states) in enumerate(STEPS)
    ]


def with_turnout(polls):
    """Polls with `asked` and `back` (None before the count), in one query."""
    groups = PollGroup.objects.filter(poll=OuterRef("pk")).order_by().values("poll")
    return polls.annotate(
        asked=Subquery(groups.annotate(n=Sum("issued")).values("n")),
        back=Subquery(groups.annotate(n=Sum("returned")).values("n")),
    )


def turnout_groups(poll):
    """The groups by organisation; `shown` is what came back, None where it, or what could be worked out, is below k.

    The tree and its keys are those of a release (releases.py): a cell's numbers add up to its ballots, so of two groups of one
    size both have to hide the same one.
    """
    groups = list(poll.groups.select_related("organization").order_by("organization__path", "-audience"))
    back = {(group.audience, group.organization_id): group.returned or 0 for group in groups}
    told = published(group_tree(back), poll.smallest_group)
    for group in groups:
        group.shown = group.returned if (group.audience, group.organization_id) in told else None
    return groups


def group_tree(sizes):
    """The Group tree of {(audience, organisation's key): size}: all, audiences, organisations."""
    audiences = []
    for audience in sorted({audience for audience, _organization in sizes}):
        children = [Group(key, size) for key, size in sizes.items() if key[0] == audience]
        audiences.append(Group((audience, None), sum(child.size for child in children), children))
    return Group(WHOLE, sum(audience.size for audience in audiences), audiences)


def audience_turnouts(groups):
    """[Turnout] of all and of each audience of a poll's groups, small ones hidden; nothing is back before the count."""
    sums = {}
    for group in groups:
        issued, back = sums.get(group.audience, (0, 0))
        sums[group.audience] = issued + group.issued, back + (group.returned or 0)
    return turnout_rows([
        SimpleNamespace(audience=audience, issued=issued, returned=back) for audience, (issued, back) in sums.items()
    ])


def issued(poll):
    return sum(group.issued for group in poll.groups.all())


def small_groups(poll):
    """Whether a group asked so few that its own result may not be shown."""
    return any(group.issued < poll.smallest_group for group in poll.groups.all())


@dataclass(frozen=True)
class ResultRow:
    """One group's answers to one question: `counts` by option, `shares` in tenths of a percent of those who gave a grade
    (None for 不了解)."""

    subject: object
    question: object
    organization: object
    audience: str
    is_of_audience: bool
    counts: list
    shares: list
    abstained: int

    @property
    def group(self):
        return f"{self.organization} {self.audience}" if self.organization else self.audience

    @property
    def cells(self):
        """[(count, share, option)] in the order of the options."""
        return list(zip(self.counts, self.shares, self.question.options, strict=True))


def results(poll):
    """[ResultRow] of everything published, by subject, question, then all, audiences, organisations."""
    cells = poll.cells.select_related("subject__member", "subject__organization", "question", "organization")
    order = {"": 0, **{audience.value: place for place, audience in enumerate(Audience, 1)}}

    def place(cell):
        path = cell.organization.path if cell.organization else ""
        return cell.subject.position, cell.question.position, order[cell.audience], path

    several = len({group.organization_id for group in poll.groups.all()}) > 1
    return [_row(cell) for cell in sorted(cells, key=place) if several or cell.organization_id is None]


def results_of_persons(poll, groups):
    """The ResultRows that a page about many persons lists: all and each audience, which is left out where it is the only one
    of `groups`; organisations are in the workbook."""
    is_one = len({group.audience for group in groups}) == 1
    return [row for row in results(poll) if row.organization is None and not (is_one and row.is_of_audience)]


def _row(cell):
    *counts, abstained = cell.counts
    audience = str(Audience(cell.audience).label if cell.audience else _("全体"))
    shares = [*largest_remainder(counts[:RATED_OPTIONS], 1000), *[None] * len(counts[RATED_OPTIONS:])]
    return ResultRow(cell.subject, cell.question, cell.organization, audience, bool(cell.audience), counts, shares, abstained)
