"""The rule of who owes whom a review once more, by loops over objects: what the one SELECT is compared with."""
from evaluations.models import Review
from units.enums import Role
from units.models import Affiliation, Charge, Exemption, Member, Membership, Post, RoleGrant


class DutyOracle:
    """{(kind, organisation id, member id): (who, state)} of a reading; `who` is ("user"|"member", id) or None."""

    def __init__(self, reading, root):
        self.reading, self.day = reading, reading.day
        self.parent = {a.organization_id: a.parent_id for a in self.held(Affiliation) if a.parent_id}
        self.depth = {root.pk: 0}
        while found := [o for o, p in self.parent.items() if o not in self.depth and p in self.depth]:
            self.depth |= {organization: self.depth[self.parent[organization]] + 1 for organization in found}
        leads = [p for p in self.held(Post) if p.kind in ("secretary", "acting_secretary")]
        self.secretary = {post.organization_id: post.member_id for post in leads}
        grants = [g for g in RoleGrant.objects.select_related("user").order_by("-pk") if self.in_force(g)]
        self.acting = {g.organization_id: g.user for g in grants if g.role in (Role.SECRETARY, Role.COMMITTEE)}
        leaders = {g.user_id for g in grants if g.role == Role.LEADER}
        self.charge = {c.organization_id: c.leader for c in self.held(Charge) if c.leader_id in leaders}

    def known(self, fact):
        at = self.reading.known_at
        return fact.recorded_at <= at and (fact.superseded_at is None or fact.superseded_at > at)

    def held(self, model):
        """Versions that hold on the day, the one that began last at the end."""
        rows = sorted(model.objects.all(), key=lambda r: (r.starts_on, r.recorded_at, r.lineage.hex))
        return [r for r in rows if self.known(r) and r.starts_on <= self.day and (not r.ends_on or r.ends_on >= self.day)]

    def in_force(self, grant):
        day = grant.starts_on <= self.day and (not grant.ends_on or grant.ends_on >= self.day)
        return day and grant.granted_at <= self.reading.known_at and (
            grant.revoked_at is None or grant.revoked_at > self.reading.day_ends
        )

    def reviewer_of(self, organization):
        """Who owes the organisation, and its secretary, a review."""
        mine, above = self.secretary.get(organization), self.parent[organization]
        if (leader := self.charge.get(organization)) and leader.member_id != (mine or -1):
            return "user", leader.pk
        if (theirs := self.secretary.get(above)) is None:
            acting = self.acting.get(above)
            return ("user", acting.pk) if acting and acting.member_id != (mine or -1) else None
        if theirs != mine:
            return "member", theirs
        if (leader := self.charge.get(above)) and leader.member_id != (mine or -1):
            return "user", leader.pk
        higher = self.secretary.get(self.parent.get(above)) if above in self.parent else None
        return ("member", higher) if higher not in (None, mine) else None

    def reviewer_of_member(self, member, organization):
        secretary = self.secretary.get(organization)
        if secretary is not None:
            return ("member", secretary) if secretary != member else None
        acting = self.acting.get(organization)
        return ("user", acting.pk) if acting and acting.member_id != member else None

    def pairs(self):
        below = sorted((depth, o) for o, depth in self.depth.items() if depth)
        found = {("organization", o, None): self.reviewer_of(o) for _depth, o in below}
        leading = {}
        for _depth, o in below:
            if o in self.secretary:
                leading.setdefault(self.secretary[o], o)
        found |= {("secretary", o, member): self.reviewer_of(o) for member, o in leading.items()}
        excused = {e.member_id for e in self.held(Exemption)}
        excused |= set(Member.objects.filter(is_exempt=True, exemptions=None).values_list("pk", flat=True))
        for membership in {m.member_id: m for m in self.held(Membership)}.values():
            member, o = membership.member_id, membership.organization_id
            if o in self.depth and member not in leading and member not in excused:
                found["member", o, member] = self.reviewer_of_member(member, o)
        return found

    def owing(self, key):
        """The organisation whose secretary or acting account owes a duty; None where a leader does."""
        kind, organization, _member = key
        if kind == "member":
            return organization
        who = self.reviewer_of(organization)
        above = self.parent[organization]
        if who == ("member", self.secretary.get(above)):
            return above
        if who and who[0] == "member":
            return self.parent.get(above)
        acting, leader = self.acting.get(above), self.charge.get(organization)
        is_leaders = leader and who == ("user", leader.pk) or self.secretary.get(above) is not None
        return above if acting and who == ("user", acting.pk) and not is_leaders else None

    def duties(self):
        half, reviewed = self.reading.half, set()
        for review in Review.objects.filter(campaign=self.reading.campaign_id):
            if self.known(review) and half.first <= review.happened_on <= self.day:
                reviewed.add(review.member_id or ("organization", review.organization_id))
        return {
            key: (who, "done" if (key[2] or key[:2]) in reviewed else "due" if who else "gap")
            for key, who in self.pairs().items()
        }
