"""Write the members of an import: rows, memberships and posts, each with its two times."""
from datetime import date, timedelta

from django.utils.translation import gettext as _

from config.kit.facts import supersede_all
from config.kit.refusal import Refusal
from config.kit.stroke import stroke_key
from units.domain.import_apply_organizations import key_to_pk
from units.enums import LEADS_BRANCH, LineOutcome
from units.models import Member, Membership, Post

_PLAIN = ("name", "gender", "ethnicity", "native_place", "education", "status", "administrative_post", "phone", "note")
_DATES = ("born_on", "work_started_on", "joined_on", "full_on")


class TwoSecretaries(Refusal):
    """The chosen changes alone would leave a branch with two secretaries."""


def write_members(lines, fresh, effect, *, at, by, reason):
    """Create and change members; `fresh` maps the codes of organisations made just before to their primary keys."""
    changed = [line for line in lines if line.outcome == LineOutcome.CHANGED]
    _change(changed, fresh, effect, at, by, reason)
    _create([line for line in lines if line.outcome == LineOutcome.NEW], fresh, effect, at, by)


def _day(text):
    return date.fromisoformat(text) if text else None


def _fields(values, names):
    """Columns of a member from the stored values of a row, as {column: value}."""
    found = {name: values[name] for name in _PLAIN if name in names}
    found.update((name, _day(values[name])) for name in _DATES if name in names)
    if "name" in found:
        found["stroke_key"] = stroke_key(found["name"])
    if "id_number" in names and values["id_digest"]:
        found |= {"id_number_sealed": bytes.fromhex(values["id_sealed"]), "id_number_digest": values["id_digest"]}
    return found


def _create(lines, fresh, effect, at, by):
    everything = {*_PLAIN, *_DATES, "id_number"}
    places = [key_to_pk(line.values["branch"], fresh) for line in lines]
    made = Member.objects.bulk_create(
        [
            Member(organization_id=place, **_fields(line.values, everything))
            for line, place in zip(lines, places, strict=True)
        ],
        batch_size=500,
    )
    memberships, posts = [], []
    for member, line in zip(made, lines, strict=True):
        since = _day(line.values["since"])
        stamp = {"member": member, "organization_id": member.organization_id, "recorded_at": at, "recorded_by": by}
        memberships.append(Membership(starts_on=since, **stamp))
        posts += [Post(kind=kind, starts_on=since, **stamp) for kind in line.values["posts"]]
        effect.events.append((member, "import_new", {"sheet": line.sheet, "row": line.row}, None))
    _refuse_two_secretaries(posts)
    effect.note_made("member", made)
    effect.note_made("membership", Membership.objects.bulk_create(memberships, batch_size=500))
    effect.note_made("post", Post.objects.bulk_create(posts, batch_size=500))


def _change(lines, fresh, effect, at, by, reason):
    if not lines:
        return
    members = Member.objects.in_bulk([line.subject_id for line in lines])
    for line in lines:
        member = members[line.subject_id]
        fields = _fields(line.values, set(line.values["changed"]))
        if "branch" in line.values["changed"]:
            fields["organization_id"] = key_to_pk(line.values["branch"], fresh)
        effect.before.setdefault("member", {})[member.pk] = _plain({name: getattr(member, name) for name in fields})
        effect.after.setdefault("member", {})[member.pk] = _plain(fields)
        for name, value in fields.items():
            setattr(member, name, value)
        effect.events.append((member, "import_change", {"changes": line.changes, "reason": reason}, None))
    columns = [*_PLAIN, *_DATES, "stroke_key", "organization", "id_number_sealed", "id_number_digest"]
    Member.objects.bulk_update(members.values(), columns, batch_size=200)
    stamp = {"recorded_at": at, "recorded_by": by, "change_reason": reason}
    _move([line for line in lines if "branch" in line.values["changed"]], members, effect, at, stamp)
    moved = [line for line in lines if {"branch", "posts"} & set(line.values["changed"])]
    _change_posts(moved, members, effect, at, stamp)


def _plain(values):
    """The values as JSON can keep them."""
    return {
        name: value.isoformat() if isinstance(value, date) else bytes(value).hex() if isinstance(value, bytes | memoryview)
        else value
        for name, value in values.items()
    }


def _ended(fact, day, stamp):
    """The version of a span that ends before `day`, or None when it began no earlier: then it never was."""
    if fact.starts_on >= day:
        return None
    copy = type(fact)(member_id=fact.member_id, organization_id=fact.organization_id, starts_on=fact.starts_on, **stamp)
    copy.ends_on = day - timedelta(days=1)
    if isinstance(fact, Post):
        copy.kind, copy.elected_on, copy.term_ends_on = fact.kind, fact.elected_on, fact.term_ends_on
    return copy


def _move(lines, members, effect, at, stamp):
    """Members who are now elsewhere: the old membership ends the day before the ledger's, a new one begins."""
    lines_by_member = {line.subject_id: line for line in lines}
    pairs, fresh = [], []
    for old in Membership.objects.standing().filter(member__in=lines_by_member, ends_on__isnull=True):
        day = _day(lines_by_member[old.member_id].values["reported_on"])
        moved = Membership(
            member_id=old.member_id, organization_id=members[old.member_id].organization_id, starts_on=max(day, old.starts_on),
            **stamp,
        )
        ended = _ended(old, day, stamp)
        pairs.append((old, ended or moved))
        if ended:
            fresh.append(moved)
    effect.note_closed("membership", [old for old, _new in pairs])
    effect.note_made("membership", supersede_all(Membership, pairs, at=at))
    effect.note_made("membership", Membership.objects.bulk_create(fresh, batch_size=500))


def _change_posts(lines, members, effect, at, stamp):
    """End the posts that the ledger does not name any more, begin those it names first."""
    standing = {}
    for post in Post.objects.standing().filter(member__in=[line.subject_id for line in lines], ends_on__isnull=True):
        standing.setdefault(post.member_id, []).append(post)
    pairs, fresh = [], []
    for line in lines:
        member, day = members[line.subject_id], _day(line.values["reported_on"])
        kept = set()
        for post in standing.get(member.pk, ()):
            if post.kind in line.values["posts"] and post.organization_id == member.organization_id:
                kept.add(post.kind)
            else:
                pairs.append((post, _ended(post, day, stamp)))
        place = {"member_id": member.pk, "organization_id": member.organization_id, "starts_on": day}
        fresh += [Post(kind=kind, **place, **stamp) for kind in line.values["posts"] if kind not in kept]
    effect.note_closed("post", [old for old, _new in pairs])
    effect.note_made("post", supersede_all(Post, pairs, at=at))
    _refuse_two_secretaries(fresh)
    effect.note_made("post", Post.objects.bulk_create(fresh, batch_size=500))


def _refuse_two_secretaries(posts):
    """Say in words what the database would refuse: a new secretary where one stays, because a change was not chosen."""
    places = [post.organization_id for post in posts if post.kind in LEADS_BRANCH]
    taken = Post.objects.standing().filter(organization__in=places, kind__in=LEADS_BRANCH, ends_on__isnull=True)
    other = taken.select_related("member", "organization").order_by("pk").first()
    if other:
        raise TwoSecretaries(
            _("“%(branch)s”现在的书记是%(name)s。请把%(name)s那一行的更正也勾上，或去掉新书记那一行。")
            % {"branch": other.organization.name, "name": other.member.name}
        )
