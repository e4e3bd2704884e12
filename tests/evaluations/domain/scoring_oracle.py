"""The rules of 3-scoring.md once more, by loops over objects: what the set-based engine is compared with."""

from datetime import timedelta
from types import SimpleNamespace

from campaign.models import Activity, Commitment, Plan, Rectification, Task, TaskResult
from config.kit.half_year import half_year_of
from config.kit.numbers import POINT
from evaluations.domain.review_duties import DutyReading
from evaluations.models import Appraisal, Indicator, Marking, SheetItem
from tests.evaluations.domain.duty_oracle import DutyOracle
from units.models import Member, Organization

BANDS = (("good", 90), ("better", 80), ("fair", 60), ("poor", 0))


class Oracle:
    """Numbers and totals of a campaign under the template's rules, on one day as known at one moment."""

    def __init__(self, campaign, *, as_of, known_at):
        self.campaign, self.as_of, self.known_at = campaign, as_of, known_at
        self.phase = next(p for p in campaign.phases.order_by("-starts_on") if p.starts_on <= as_of)

    def known(self, versions):
        return [v for v in versions
                if v.recorded_at <= self.known_at and (v.superseded_at is None or v.superseded_at > self.known_at)]

    def subtree(self, organization):
        return {o.pk for o in Organization.objects.all() if o.path.startswith(organization.path)}

    def lines(self, organization=None, member=None):
        """{indicator code: (numerator, denominator)} of one subject."""
        track = "member" if member else "organization"
        indicators = self.known(Indicator.objects.filter(campaign=self.campaign, track=track).order_by("position"))
        numbers = {i.code: getattr(self, i.measure)(i.parameters, i.criterion_code, organization, member) for i in indicators}
        reached = {i.code for i in indicators if i.measure == "reached"}
        if not any(n if code in reached else d for code, (n, d) in numbers.items()):
            numbers |= dict.fromkeys(reached, (0, 0))
        return numbers

    def activities(self, parameters, organization, member):
        """(activity, the member's attendance or None) in the subject's reach."""
        first = self.phase.starts_on if parameters.get("window") == "phase" else self.campaign.starts_on
        for activity in self.known(Activity.objects.filter(campaign=self.campaign).select_related("kind")):
            if not first <= activity.happened_on <= self.as_of:
                continue
            if parameters.get("kinds") and activity.kind.code not in parameters["kinds"]:
                continue
            if member:
                yield from ((activity, row.was_present) for row in activity.participations.filter(member=member))
                continue
            if activity.organization_id in self.subtree(organization):
                yield activity, None
            for part in activity.parts.filter(confirmed_at__isnull=False, organization__in=self.subtree(organization)):
                yield SimpleNamespace(present=part.present, expected=part.expected, criteria=activity.criteria), None

    def reached(self, parameters, criterion, organization, member):
        done = sum(
            1 for activity, was_present in self.activities(parameters, organization, member)
            if was_present is not False and activity.criteria.filter(code=criterion).exists()
        )
        return min(done, parameters["target"]), parameters["target"]

    def took_part(self, parameters, criterion, organization, member):
        rows = list(self.activities(parameters, organization, member))
        if member:
            return sum(was_present for _activity, was_present in rows), len(rows)
        return sum(a.present for a, _none in rows), sum(a.expected for a, _none in rows)

    def kept(self, parameters, criterion, organization, member):
        halves = due = 0
        for commitment in Commitment.objects.filter(campaign=self.campaign, published_at__lte=self.known_at):
            mine = commitment.member_id == member.pk if member else commitment.organization_id in self.subtree(organization)
            if mine and commitment.due_on <= self.as_of:
                due += 1
                for outcome in self.known(commitment.outcomes.filter(happened_on__lte=self.as_of)):
                    halves += {"kept": 2, "partly": 1}.get(outcome.outcome, 0)
        return halves, 2 * due

    def on_time(self, parameters, criterion, organization, member):
        done = due = 0
        for plan in Plan.objects.filter(campaign=self.campaign, approved_at__lte=self.known_at):
            for task in self.known(Task.objects.filter(plan=plan, due_on__lte=self.as_of)):
                results = self.known(TaskResult.objects.filter(task__lineage=task.lineage, happened_on__lte=self.as_of))
                mine = task.owner_id == member.pk if member else task.organization_id in self.subtree(organization)
                if mine and not any(result.outcome == "dropped" for result in results):
                    due += 1
                    done += any(r.outcome == "done" and r.happened_on <= task.due_on for r in results)
        return done, due

    def closed(self, parameters, criterion, organization, member):
        done = due = 0
        for item in Rectification.objects.filter(campaign=self.campaign, recorded_at__lte=self.known_at):
            before = sorted((f for f in item.former_deadlines.all() if f.moved_at > self.known_at), key=lambda f: f.moved_at)
            due_on = before[0].due_on if before else item.due_on
            mine = item.owner_id == member.pk if member else item.organization_id in self.subtree(organization)
            is_off = item.state == "called_off" and item.moved_at <= self.known_at
            if mine and due_on <= self.as_of and not is_off:
                due += 1
                done += any(c.happened_on <= min(due_on, self.as_of) for c in self.known(item.closings.all()))
        return done, due

    def reviewed(self, parameters, criterion, organization, member):
        half = half_year_of(self.as_of)
        if parameters.get("half") == "previous":
            half = half_year_of(half.first - timedelta(days=1))
        reading = DutyReading(self.campaign.pk, half, self.as_of, self.known_at)
        oracle = DutyOracle(reading, self.campaign.organization)
        below = self.subtree(organization) if organization else ()
        states = [state for key, (who, state) in oracle.duties().items()
                  if who and (who == ("member", member.pk) if member else oracle.owing(key) in below)]
        return states.count("done"), len(states)

    def satisfied(self, parameters, criterion, organization, member):
        sheet = ("activities", "central_work", "commitments", "good_deeds", "building")
        items = parameters["items"] or [f"org_{item}" for item in sheet]
        audience = parameters["audience"]
        top = answers = 0
        found = Appraisal.objects.filter(campaign=self.campaign, happened_on__lte=self.as_of, confirmed_at__lte=self.known_at)
        for appraisal in self.known(found):
            turnouts = list(appraisal.turnouts.all())
            out = [t for t in turnouts if audience in ("all", t.audience)]
            issued, returned = sum(t.issued for t in out), sum(t.returned for t in out)
            if returned < 10 or returned * 10 < issued * 8 or not shown({t.audience: t.returned for t in turnouts}, audience):
                continue
            counts = list(appraisal.counts.all())
            for c in counts:
                if c.item not in items or audience not in ("all", c.audience):
                    continue
                same = [other for other in counts if (other.item, other.member_id) == (c.item, c.member_id)]
                if not all(shown({o.audience: size(o) for o in same}, audience) for size in (rated, answered)):
                    continue
                if c.member_id == member.pk if member else appraisal.organization_id in self.subtree(organization):
                    top += c.satisfied + c.fairly
                    answers += rated(c)
        return top, answers

    def marked(self, parameters, criterion, organization, member):
        subject = {"member": member} if member else {"organization": organization, "member__isnull": True}
        sheets = self.known(Marking.objects.filter(campaign=self.campaign, happened_on__lte=self.as_of, **subject))
        if not sheets:
            return 0, 0
        latest = max(sheets, key=lambda m: (m.happened_on, m.recorded_at, m.lineage.hex))
        items = {i.code: i for i in self.known(SheetItem.objects.filter(campaign=self.campaign))}
        earned = full = 0
        for mark in latest.marks.filter(item_code__in=parameters["items"]):
            item = items[mark.item_code]
            earned += max(0, item.maximum - mark.deduction) + min(mark.bonus, item.bonus_cap)
            full += item.maximum
        return earned, full

    def total(self, track, numbers):
        """Ten-thousandths of a point, or None; and {code: (available, points)}."""
        points, sums, weights = {}, {}, {}
        for criterion in self.known(self.campaign.criteria.filter(track=track)):
            rows = self.known(Indicator.objects.filter(campaign=self.campaign, criterion_code=criterion.code, track=track)
                              .order_by("position"))
            applicable = [row for row in rows if numbers[row.code][1]]
            free = 100 * POINT - sum(row.points for row in applicable) * POINT
            base = sum(row.points for row in applicable)
            floors = {row.code: divmod(free * row.points, base) for row in applicable}
            left = free - sum(quotient for quotient, _rest in floors.values()) if applicable else 0
            lucky = sorted(applicable, key=lambda row: (-floors[row.code][1], row.position))[:left]
            for row in rows:
                numerator, denominator = numbers[row.code]
                available = row.points * POINT + floors[row.code][0] + (row in lucky) if denominator else 0
                earned = (available * numerator + denominator // 2) // denominator if denominator else 0
                points[row.code] = (available, earned)
            if applicable:
                sums[criterion.code] = sum(points[row.code][1] for row in rows)
                weights[criterion.code] = criterion.weight
        whole = sum(weights.values())
        if not whole:
            return None, points
        return (sum(sums[code] * weights[code] for code in sums) + whole // 2) // whole, points

    def band(self, total, organization):
        """(band by total, band after gates, whether barred) of an organisation."""
        if total is None:
            return "", "", False
        place = next(n for n, (_code, least) in enumerate(BANDS) if total >= least * POINT)
        masses = {"formula": "top2", "audience": "masses", "items": []}
        top, answers = self.satisfied(masses, "", organization, None)
        capped = max(place, 2) if answers and top * 10 < 9 * answers else place
        return BANDS[place][0], BANDS[capped][0], bool(answers) and top * 10 < 8 * answers


def rated(count):
    """Answers that are not 不了解."""
    return count.satisfied + count.fairly + count.basically + count.dissatisfied


def answered(count):
    """Answers at all."""
    return rated(count) + count.unknown


def shown(sizes, audience):
    """Whether the page shows the audience (or all) of {audience: size}: five at least, and no fewer left over."""
    if sum(sizes.values()) < 5:
        return False
    left_over = sum(size for size in sizes.values() if size < 5)
    large = sorted((size, name) for name, size in sizes.items() if size >= 5)
    if 0 < left_over < 5:
        large = large[1:]
    return audience in ("all", *(name for _size, name in large))


def everybody():
    """Every subject of the suite's tree: (organisation, None) and (None, member)."""
    for organization in Organization.objects.exclude(category="").order_by("path"):
        yield organization, None
    for member in Member.objects.order_by("pk"):
        yield None, member


