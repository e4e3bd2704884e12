"""What an earlier campaign left open goes on in a new one: items of rectification and commitments, each tied to the old.

Source: row S21 of the design. The rows of the earlier campaign stay as they are; from the day they were carried on, lists,
reminders and scores read their successors only.
"""
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.sketches import hand_on_bands
from campaign.enums import CampaignState
from campaign.models import Campaign, Commitment, Rectification
from config.kit.day_words import day_words
from config.kit.refusal import Refusal
from units.domain.history import record, record_many
from units.models import Organization

BATCH = 500


class CannotCarryOver(Refusal):
    """The new campaign is not open, or the other one is not an earlier one of the same root."""


class NewDayOutside(Refusal):
    """The day for what is overdue already lies before today or outside the new campaign."""

    field = "new_day"


@dataclass(frozen=True)
class Preview:
    """What would be carried over. `members` are (organisation, how many commitments of its members); `resting` counts what
    stays: of organisations dissolved and members who left."""

    rectifications: list[Rectification]
    commitments: list[Commitment]
    members: list[tuple[Organization, int]]
    resting: int

    @property
    def total(self):
        return len(self.rectifications) + len(self.commitments) + sum(number for _organization, number in self.members)


@dataclass(frozen=True)
class LeftOut:
    """What the office ticked: keys of items, of organisations' commitments, and of organisations whose members' stay."""

    rectifications: frozenset[int] = field(default_factory=frozenset)
    commitments: frozenset[int] = field(default_factory=frozenset)
    members_of: frozenset[int] = field(default_factory=frozenset)


def earlier_campaigns(campaign):
    """Campaigns of the same root that began before this one, the latest first (a queryset)."""
    rows = Campaign.objects.filter(organization=campaign.organization_id, starts_on__lt=campaign.starts_on)
    return rows.exclude(pk=campaign.pk).newest_first()


def open_rectifications(earlier):
    """Items of `earlier` that can be carried over, in order of their units (a queryset)."""
    rows = Rectification.objects.filter(campaign=earlier, organization__dissolved_on__isnull=True).unfinished()
    return rows.select_related("organization", "owner").order_by("organization__path", "due_on", "pk")


def unfinished_commitments(earlier):
    """Commitments of `earlier` that can be carried over: public, not judged, of whoever is still there (a queryset)."""
    rows = Commitment.objects.filter(campaign=earlier, organization__dissolved_on__isnull=True).in_progress()
    return rows.filter(member__left_on__isnull=True).for_display().order_by("organization__path", "due_on", "pk")


def preview(earlier):
    """The Preview of everything that `earlier` left open; five queries."""
    rectifications = list(open_rectifications(earlier))
    commitments = unfinished_commitments(earlier)
    counts = {}
    for key in commitments.filter(member__isnull=False).values_list("member__organization_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    organizations = Organization.objects.filter(pk__in=counts).order_by("path")
    own = list(commitments.filter(member__isnull=True))
    everything = (
        Rectification.objects.filter(campaign=earlier).unfinished().count()
        + Commitment.objects.filter(campaign=earlier).in_progress().count()
    )
    resting = everything - len(rectifications) - len(own) - sum(counts.values())
    return Preview(rectifications, own, [(one, counts[one.pk]) for one in organizations], resting)


@transaction.atomic
def carry_over(campaign, earlier, *, left_out=LeftOut(), new_day, by, at, on):
    """Carry what `earlier` left open over to `campaign` on day `on`; what is ticked stays, and nothing is carried twice.

    A due day still ahead and inside the new campaign is kept; what is overdue or due later gets `new_day`.
    Returns {"rectifications": n, "commitments": n}. Raises CannotCarryOver, NewDayOutside.
    """
    list(Campaign.objects.select_for_update().filter(pk__in=[campaign.pk, earlier.pk]).order_by("pk"))
    campaign.refresh_from_db(fields=["state"])
    _check(campaign, earlier, new_day, on)
    items = _held(open_rectifications(earlier).exclude(pk__in=left_out.rectifications))
    promises = _held(
        unfinished_commitments(earlier).exclude(pk__in=left_out.commitments)
        .exclude(member__isnull=False, member__organization__in=left_out.members_of)
    )
    taken = Rectification.objects.bulk_create(
        [_item(old, campaign, new_day, at, on) for old in items], batch_size=BATCH
    )
    successor = {new.carried_from_id: new for new in taken}
    kept = Commitment.objects.bulk_create(
        [_promise(old, campaign, new_day, successor, at, on) for old in promises], batch_size=BATCH
    )
    hand_on_bands(kept)
    counts = {"rectifications": len(taken), "commitments": len(kept)}
    _tell(campaign, earlier, [*zip(items, taken, strict=True), *zip(promises, kept, strict=True)], counts, by, at)
    return counts


def _check(campaign, earlier, new_day, on):
    if campaign.state != CampaignState.OPEN:
        raise CannotCarryOver(_("活动开始以后才能结转。"))
    if earlier.organization_id != campaign.organization_id or earlier.starts_on >= campaign.starts_on:
        raise CannotCarryOver(_("只能从同一个党组织的上一个活动结转。"))
    if new_day < on or not campaign.covers(new_day):
        raise NewDayOutside(
            _("新的期限要在今天以后，不晚于 %(last)s。") % {"last": day_words(campaign.ends_on)}
        )


def _held(rows):
    """The rows, locked, so that nobody closes one while it is carried."""
    return list(rows.select_for_update(of=("self",)))


def due_after(old, campaign, new_day, on):
    """The due day in the new campaign."""
    return old.due_on if old.due_on >= on and campaign.covers(old.due_on) else new_day


def _item(old, campaign, new_day, at, on):
    """The successor of an item, as far as the old one had come."""
    owner = old.owner if old.owner and old.owner.left_on is None else None
    return Rectification(
        campaign=campaign, organization=old.organization, owner=owner, source=old.source, broken_id=old.broken_id,
        problem=old.problem, due_on=due_after(old, campaign, new_day, on), opened_on=old.opened_on, recorded_at=at,
        verifier_id=old.verifier_id, state=old.state, moved_at=at, measures=old.measures,
        reported_by_id=old.reported_by_id, times_reopened=old.times_reopened, carried_from=old, carried_on=on,
    )


def _promise(old, campaign, new_day, successor, at, on):
    """The successor of a commitment; a member's goes along to the branch where the member is now."""
    return Commitment(
        campaign=campaign, organization_id=old.member.organization_id if old.member else old.organization_id,
        member=old.member, kind=old.kind, text=old.text, baseline=old.baseline, target=old.target,
        due_on=due_after(old, campaign, new_day, on), state=old.state, moved_at=at, published_at=at,
        answers=successor.get(old.answers_id), shown=old.shown, created_by_id=old.created_by_id, carried_from=old, carried_on=on,
    )


def _tell(campaign, earlier, pairs, counts, by, at):
    """The history of each new row, and one line at the campaign."""
    record_many(
        [
            (new, "carry_over", {"note": str(_("来自“%(title)s”，原来的期限 %(due)s") % {
                "title": earlier.title, "due": old.due_on.isoformat()
            })}, new.organization)
            for old, new in pairs
        ],
        by=by, at=at,
    )
    note = _("从“%(title)s”结转整改 %(rectifications)s 项，承诺 %(commitments)s 条") % {"title": earlier.title, **counts}
    record(campaign, "carry_over", by=by, at=at, detail={"note": str(note), **counts}, organization=campaign.organization)
