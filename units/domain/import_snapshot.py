"""What the database holds that a ledger may touch, read in a few queries, and its digest."""
import hashlib
import json
from dataclasses import dataclass, field

from django.db.models import Count

from units.enums import PostKind, ProbationOutcome
from units.models import Member, Organization, Post, ProbationDecision

ORGANIZATION_FIELDS = ("code", "name", "kind", "category", "parent_id", "founded_on", "note", "position")
MEMBER_FIELDS = (
    "name", "gender", "ethnicity", "native_place", "born_on", "education", "work_started_on", "joined_on", "full_on", "status",
    "administrative_post", "phone", "note", "id_number_digest", "organization_id", "left_on",
)
_MANY = 5_000  # parameters of one query; SQLite takes 32,766


@dataclass
class Snapshot:
    """Rows as plain dictionaries by primary key. `secretaries` maps an organisation to (member, name), `crowd` to the
    number of its members; `dissolved` maps the codes of organisations that exist no more to (name, day)."""

    organizations: dict
    members: dict
    secretaries: dict
    crowd: dict = field(default_factory=dict)
    dissolved: dict = field(default_factory=dict)

    def digest(self, names, id_digests):
        """SHA-256 over what an import of these persons relies on: equal as long as nothing of it has changed."""
        members = [
            item for item in self.members.items() if item[1]["name"] in names or item[1]["id_number_digest"] in id_digests
        ]
        known = [sorted(part) for part in (self.organizations.items(), members, self.secretaries.items())]
        return hashlib.sha256(json.dumps(known, default=str, ensure_ascii=False).encode()).hexdigest()


def take_snapshot(names, id_digests):
    """The Snapshot of all organisations and of the members with one of these names or ID digests."""
    organizations, dissolved, members = {}, {}, {}
    for row in Organization.objects.values("pk", "dissolved_on", *ORGANIZATION_FIELDS):
        key, ended_on = row.pop("pk"), row.pop("dissolved_on")
        if ended_on:
            dissolved[row["code"]] = (row["name"], ended_on)
        else:
            organizations[key] = row
    for lookup, wanted in (("name__in", names), ("id_number_digest__in", id_digests)):
        wanted = sorted(wanted)
        for start in range(0, len(wanted), _MANY):
            chunk = Member.objects.filter(**{lookup: wanted[start : start + _MANY]}).values("pk", *MEMBER_FIELDS)
            members.update((row.pop("pk"), row) for row in chunk)
    for member in members.values():
        member["posts"], member["made_full_on"] = [], None
    held = Post.objects.standing().filter(ends_on__isnull=True)
    keys = sorted(members)
    for start in range(0, len(keys), _MANY):
        posts = held.filter(member__in=keys[start : start + _MANY]).order_by("kind", "pk")
        for key, organization, kind in posts.values_list("member_id", "organization_id", "kind"):
            if organization == members[key]["organization_id"]:
                members[key]["posts"].append(kind)
    _add_decisions(members)
    secretaries = held.filter(kind=PostKind.SECRETARY).values_list("organization_id", "member_id", "member__name")
    crowd = Member.objects.present().values_list("organization_id").annotate(Count("pk"))
    return Snapshot(organizations, members, {place: (key, name) for place, key, name in secretaries}, dict(crowd), dissolved)


def _add_decisions(members):
    """`made_full_on`: the day of the meeting that made a full member, where the branch wrote one down."""
    met = ProbationDecision.objects.standing().filter(outcome=ProbationOutcome.FULL)
    for key, day in met.values_list("member_id", "happened_on"):
        if key in members:
            members[key]["made_full_on"] = day
