"""What the pages of a round show: its steps, the table of awards, and the nominees with what speaks for them."""
from collections import Counter

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from evaluations.domain.qualification import conditions
from evaluations.domain.quotas import allowances
from evaluations.enums import AwardKind, NominationState, RoundState
from evaluations.models import AwardRound, Nomination, Score, ScoreLine
from units import scope
from units.enums import Category, MemberStatus
from units.models import Member, Organization, Post

CHECKED = {NominationState.PASSED, NominationState.SELECTED, NominationState.NOT_SELECTED}


def rounds_with_counts(user):
    """Rounds the user sees, newest first, with the numbers of nominees and of those selected inside the user's scope."""
    mine = scope.within_any(user.reading_paths(), "nominations__organization__")
    standing = mine & ~Q(nominations__state=NominationState.WITHDRAWN)
    return AwardRound.objects.visible_to(user).newest_first().annotate(
        nominated=Count("nominations", filter=standing),
        chosen=Count("nominations", filter=mine & Q(nominations__state=NominationState.SELECTED)),
    )


def state_counts(round, user):
    """Counter of (kind, category, state) of the nominations in the user's scope; one query."""
    rows = Nomination.objects.visible_to(user).filter(round=round).order_by()
    counted = rows.values_list("kind", "organization__category", "state").annotate(count=Count("pk"))
    return Counter({(kind, category, state): count for kind, category, state, count in counted})


def steps(round, counts):
    """The five steps as components/_stepper.html takes them."""
    waiting = sum(n for (_kind, _category, state), n in counts.items() if state == NominationState.SUBMITTED)
    total = sum(n for (_kind, _category, state), n in counts.items() if state != NominationState.WITHDRAWN)
    chosen = sum(n for (_kind, _category, state), n in counts.items() if state == NominationState.SELECTED)
    place = {RoundState.DRAFT: 0, RoundState.OPEN: 1, RoundState.CHECKING: 2, RoundState.DECIDED: 4}[round.state]
    if round.state == RoundState.CHECKING and not waiting and chosen:
        place = 3
    due = _("%(day)s截止") % {"day": chinese_date(round.nominations_due_on)}
    words = [
        (_("分配名额"), ""),
        (_("支部推荐"), due if place <= 1 else _("推荐 %(n)s 个") % {"n": total}),
        (_("资格审核"), _("还有 %(n)s 个没审") % {"n": waiting} if place == 2 and waiting else ""),
        (_("决定"), _("已定入选 %(n)s 个") % {"n": chosen} if place == 3 else ""),
        (_("归档导出"), ""),
    ]
    return [
        {"label": label, "note": note, "state": "done" if number < place else "now" if number == place else "next"}
        for number, (label, note) in enumerate(words)
    ]


def award_rows(round, counts):
    """One row per award: limit, nominated, passed, selected, and the categories in which too many are selected."""
    limits = Counter()
    for allowance in allowances(round):
        limits[allowance.kind, allowance.category] = allowance.limit
    rows = []
    for kind in AwardKind:
        mine = {(category, state): n for (which, category, state), n in counts.items() if which == kind}
        selected = Counter({c: n for (c, state), n in mine.items() if state == NominationState.SELECTED})
        over = [
            _("%(category)s超 %(n)s 个") % {"category": category.label, "n": selected[category] - limits[kind, category]}
            for category in Category if selected[category] > limits[kind, category]
        ]
        rows.append({
            "kind": kind.value, "label": kind.label, "limit": sum(limits[kind, category] for category in Category),
            "nominated": sum(n for (_category, state), n in mine.items() if state != NominationState.WITHDRAWN),
            "passed": sum(n for (_category, state), n in mine.items() if state in CHECKED),
            "selected": sum(selected.values()), "over": "，".join(over),
        })
    return rows


def nominees(round, user, *, kind="", category="", state="", q=""):
    """Nominations in the user's scope that fit the filters, in the order of lists."""
    rows = Nomination.objects.visible_to(user).filter(round=round).select_related(
        "organization", "member", "nominating_organization", "round__campaign__organization"
    )
    if kind:
        rows = rows.filter(kind=kind)
    if category:
        rows = rows.filter(organization__category=category)
    rows = rows.filter(state=state) if state else rows.standing()
    if q:
        rows = rows.filter(Q(member__name__contains=q) | Q(organization__name__contains=q))
    return rows.order_by("kind", "member__stroke_key", "organization__path", "pk")


def with_evidence(round, rows, *, on):
    """[{nomination, score, missing, honour}] of one page of `rows`; the number of queries does not depend on the rows."""
    rows = list(rows)
    scores = scores_of(round, rows)
    sentences = conditions(round, rows, on=on)
    return [
        {
            "nomination": row,
            "score": scores.get((None, row.member_id) if row.member_id else (row.organization_id, None)),
            "missing": [condition.text for condition in found if condition.is_missing],
            "honour": next((condition.honour for condition in found if condition.honour), None),
        }
        for row, found in zip(rows, sentences, strict=True)
    ]


def scores_of(round, rows):
    """{(organisation, None) or (None, member): Score} of the round's run for nominations or candidates."""
    if not round.run_id:
        return {}
    members = [row.member.pk for row in rows if row.member]
    organizations = [row.organization.pk for row in rows if not row.member]
    scores = Score.objects.filter(run=round.run_id).filter(
        Q(member__in=members) | Q(member__isnull=True, organization__in=organizations)
    )
    return {(score.organization_id if score.member_id is None else None, score.member_id): score for score in scores}


def score_lines(round, candidate):
    """The score's lines of one candidate, best source of facts for the story; without those that do not apply."""
    if not round.run_id:
        return []
    lines = ScoreLine.objects.filter(run=round.run_id, denominator__gt=0).select_related("indicator")
    if candidate.member:
        lines = lines.filter(member=candidate.member)
    else:
        lines = lines.filter(member__isnull=True, organization=candidate.organization)
    return list(lines.order_by("criterion_code", "indicator__position", "pk"))


def bands_of(round):
    """{code: word} of the bands that the round's run used."""
    return dict(round.campaign.bands.standing().values_list("code", "title"))


def candidates(kind, nominating_organization, *, on, q=""):
    """Those whom `nominating_organization` could put forward for `kind`: organisations, full members, holders of posts."""
    if kind == AwardKind.ORGANIZATION:
        rows = Organization.objects.within(nominating_organization).active().exclude(category="")
        return (rows.filter(name__contains=q) if q else rows).in_institutional_order()
    rows = Member.objects.within(nominating_organization).filter(status=MemberStatus.FULL).select_related("organization")
    if kind == AwardKind.AFFAIRS_WORKER:
        rows = rows.filter(pk__in=Post.objects.standing().on(on).values("member"))
    return (rows.filter(name__contains=q) if q else rows).by_strokes()


def already_nominated(round, kind):
    """Keys of the members (of the organisations, for that award) that stand nominated for `kind`."""
    field = "organization" if kind == AwardKind.ORGANIZATION else "member"
    return set(round.nominations.filter(kind=kind).standing().values_list(field, flat=True))


def first_post_on(member):
    """The day from which a post of `member` is on record, or None."""
    if member is None:
        return None
    return Post.objects.standing().filter(member=member).aggregate(first=Min("starts_on"))["first"]
