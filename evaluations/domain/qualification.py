"""The qualification check of nominees: every condition (1-domain, Awards) as a sentence that holds or does not."""
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date, chinese_month, years_before
from evaluations.domain.honour_conditions import HonourEvidence
from evaluations.domain.quotas import PRIMARY_KINDS
from evaluations.enums import AwardKind, GateEffect
from evaluations.models import Gate, Score
from units import scope
from units.domain.sanctions import sanctions_in_force, until_words
from units.models import Membership, Post

YEARS_IN_PARTY_WORK = 2
DAYS_PER_MONTH = 30.4375
POINT = 10_000


@dataclass(frozen=True)
class Condition:
    """One condition: whether it is met, the sentence, and the record that shows it (a model instance, or None).

    `bars` False: it only speaks for a nominee, and not meeting it keeps nobody out. `honour`: the one that meets it.
    """

    ok: bool
    text: str
    about: object = None
    bars: bool = True
    honour: object = None

    @property
    def is_missing(self):
        return self.bars and not self.ok


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be nominated; a Nomination has the same three words and can stand in its place."""

    kind: str
    organization: object
    member: object = None


def conditions(round, candidates, *, on):
    """[[Condition]] in the order of `candidates` (Candidates or Nominations of `round`), as things stand on day `on`.

    Eight queries at most, whatever their number. Nominations also have to answer for sanctions.
    """
    candidates = list(candidates)
    evidence = _Evidence(round, candidates, on)
    return [_of_one(round, candidate, evidence) for candidate in candidates]


def _of_one(round, candidate, evidence):
    if candidate.kind == AwardKind.ORGANIZATION:
        found = [_primary(candidate), _founded(round, candidate)]
    else:
        found = [_full(candidate), _affiliated(round, candidate, evidence)]
    if candidate.kind == AwardKind.AFFAIRS_WORKER:
        found += [_in_post(candidate, evidence), _years_in_work(round, candidate, evidence)]
    found += _scored(round, candidate, evidence)
    found += _honoured(candidate, evidence)
    found += _sanctioned(candidate, evidence)
    if hasattr(candidate, "has_sanction"):
        found.append(_clean(candidate))
    return found


class _Evidence:
    """Everything the conditions look at, for all candidates at once."""

    def __init__(self, round, candidates, on):
        members = {candidate.member.pk for candidate in candidates if candidate.member}
        organizations = {candidate.organization.pk for candidate in candidates if not candidate.member}
        self.memberships, self.posts, self.scores = {}, defaultdict(list), {}
        rows = Membership.objects.standing().on(round.cutoff_on).filter(member__in=members).select_related("organization")
        self.memberships = {row.member_id: row for row in rows}
        held = Post.objects.standing().filter(member__in=members, starts_on__lte=on).select_related("organization")
        for post in held.order_by("starts_on", "pk"):
            self.posts[post.member_id].append(post)
        self.current = {
            member: [post for post in posts if post.ends_on is None or post.ends_on >= on]
            for member, posts in self.posts.items()
        }
        self.sanctions = sanctions_in_force(members, on=on) if members else {}
        self.honours = HonourEvidence(round, members, on=on)
        if round.run_id:
            of_members = Score.objects.filter(run=round.run_id, member__in=members)
            of_organizations = Score.objects.filter(
                run=round.run_id, member__isnull=True, organization__in=organizations
            )
            for score in [*of_members, *of_organizations]:
                self.scores[(score.organization_id if score.member_id is None else None, score.member_id)] = score
        codes = {hit["code"] for score in self.scores.values() for hit in score.gates_hit}
        gates = Gate.objects.standing().filter(campaign=round.campaign_id, code__in=codes)
        self.gates = {gate.code: gate for gate in gates} if codes else {}

    def score_of(self, candidate):
        if candidate.member:
            return self.scores.get((None, candidate.member.pk))
        return self.scores.get((candidate.organization.pk, None))


def _primary(candidate):
    organization = candidate.organization
    text = _("%(kind)s，是党的基层组织") if organization.kind in PRIMARY_KINDS else _("%(kind)s，不是党的基层组织")
    return Condition(
        organization.kind in PRIMARY_KINDS, text % {"kind": organization.get_kind_display()}, organization
    )


def _founded(round, candidate):
    organization = candidate.organization
    words = {"cutoff": chinese_date(round.cutoff_on)}
    if organization.founded_on is None:
        return Condition(False, _("没有登记成立时间"), organization)
    words["founded"] = chinese_month(organization.founded_on)
    if organization.founded_on > round.cutoff_on:
        return Condition(False, _("%(founded)s成立，晚于截止日%(cutoff)s") % words, organization)
    return Condition(True, _("%(founded)s成立，早于截止日%(cutoff)s") % words, organization)


def _full(candidate):
    member = candidate.member
    if not member.is_full:
        return Condition(False, _("还是预备党员，不能参加评选"), member)
    if member.full_on is None:
        return Condition(True, _("正式党员"), member)
    return Condition(True, _("正式党员，%(month)s转正") % {"month": chinese_month(member.full_on)}, member)


def _affiliated(round, candidate, evidence):
    """The membership on the cut-off day lies in the same unit as today's organisation."""
    end = len(round.campaign.organization.path) + scope.STEP
    membership = evidence.memberships.get(candidate.member.pk)
    words = {"cutoff": chinese_date(round.cutoff_on)}
    if membership is None or membership.organization.path[:end] != candidate.organization.path[:end]:
        return Condition(False, _("截止日（%(cutoff)s）组织关系还不在本单位") % words, candidate.member)
    words["organization"] = membership.organization.name
    return Condition(True, _("截止日（%(cutoff)s）组织关系在%(organization)s") % words, candidate.member)


def _in_post(candidate, evidence):
    current = evidence.current.get(candidate.member.pk, [])
    if not current:
        return Condition(False, _("现在没有担任书记、副书记或委员"), candidate.member)
    held = "、".join(f"{post.organization.name}{post.get_kind_display()}" for post in current)
    return Condition(True, _("现任%(posts)s") % {"posts": held}, candidate.member)


def days_in_party_work(posts, *, until):
    """Days up to and with `until` on which at least one post was held; days of two posts count once."""
    days, counted_to = 0, None
    for post in sorted(posts, key=lambda post: post.starts_on):
        last = min(post.ends_on or until, until)
        first = post.starts_on if counted_to is None else max(post.starts_on, counted_to)
        if last >= first:
            days += last.toordinal() - first.toordinal() + 1
            counted_to = last.fromordinal(last.toordinal() + 1)
    return days


def _years_in_work(round, candidate, evidence):
    """By the posts on record, or by what the branch says where that goes further back; the sentence tells which."""
    until, posts = round.cutoff_on, evidence.posts.get(candidate.member.pk, [])
    said = getattr(candidate, "party_work_since", None)
    days = days_in_party_work(posts, until=until)
    said_days = (until - said).days + 1 if said else 0
    needed = (until - years_before(until, YEARS_IN_PARTY_WORK)).days
    years, months = divmod(int(max(days, said_days) / DAYS_PER_MONTH), 12)
    words = {"years": years, "months": months, "needed": YEARS_IN_PARTY_WORK}
    if said_days > days:
        words["since"] = chinese_month(said)
        head = _("推荐单位填报%(since)s起从事党务工作，到截止日 %(years)s 年 %(months)s 个月") % words
    else:
        head = _("任职记录里从事党务工作到截止日 %(years)s 年 %(months)s 个月") % words
    if max(days, said_days) < needed:
        return Condition(False, _("%(head)s，不满 %(needed)s 年") % {"head": head, **words}, candidate.member)
    return Condition(True, _("%(head)s，已满 %(needed)s 年") % {"head": head, **words}, candidate.member)


def _scored(round, candidate, evidence):
    if not round.run_id:
        return [Condition(False, _("这一批还没有选定计分结果"))]
    score = evidence.score_of(candidate)
    if score is None or score.total is None:
        return [Condition(False, _("计分时没有可以计的情况，没有得分"), score)]
    barring = []
    for hit in score.gates_hit:
        gate = evidence.gates.get(hit["code"])
        if gate is None or gate.effect == GateEffect.BAR:
            barring.append(Condition(False, _barred(hit, gate), score))
    if barring or score.is_barred:
        return barring or [Condition(False, _("触及不能参加评选的限制项"), score)]
    points = f"{(score.total + 50) // 100 / 100:.2f}"
    return [Condition(True, _("得分 %(points)s，没有触及不能参加评选的限制项") % {"points": points}, score)]


def _barred(hit, gate):
    numerator, denominator = hit["numerator"], hit["denominator"]
    words = {
        "gate": gate.title if gate else hit["code"], "numerator": numerator, "denominator": denominator,
        "percent": f"{(numerator * 1000 + denominator // 2) // denominator / 10:.1f}" if denominator else "—",
    }
    return _("%(gate)s：实际 %(percent)s%%（%(numerator)s/%(denominator)s），不能参加评选") % words


def _day_words(moment):
    return chinese_date(timezone.localdate(moment)) if moment else ""


def _honoured(candidate, evidence):
    """What the round asks of honours: a gate, or something that only speaks for the nominee."""
    found = evidence.honours.of(candidate.kind, candidate.member.pk) if candidate.member else None
    if found is None:
        return []
    return [Condition(found.honour is not None, found.text, candidate.member, bars=found.bars, honour=found.honour)]


def _sanctioned(candidate, evidence):
    """What stands on record; the sentence names the days only, because more people read it than the sanction."""
    rows = evidence.sanctions.get(candidate.member.pk, []) if candidate.member else []
    return [
        Condition(False, _("有登记的处分，%(until)s，不能参加评选") % {"until": until_words(row)}, candidate.member)
        for row in rows
    ]


def _clean(nomination):
    """What the discipline side answered; nobody having asked is not an answer."""
    if nomination.has_sanction is None:
        return Condition(False, _("还没有核实有没有影响评选的处分"))
    words = {"day": _day_words(nomination.sanction_checked_at), "note": nomination.sanction_note}
    if nomination.has_sanction:
        return Condition(False, _("有影响评选的处分：%(note)s") % words)
    return Condition(True, _("没有影响评选的处分（%(day)s核实）") % words)
