"""Who holds which post on a day, since which election and until when; appointed, replaced, ended."""
from collections import defaultdict
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date, years_after
from config.kit.refusal import Refusal
from units.domain.handovers import begin_handover
from units.domain.history import record, record_many
from units.domain.memberships import DayCannotBe, must_be_past
from units.domain.organization_endings import end_before
from units.enums import LEADS_BRANCH, PostKind, Role
from units.models import Post, RoleGrant

ORDER = {kind: place for place, kind in enumerate(PostKind.values)}
WARN_BEFORE = timedelta(days=90)


class PostTaken(Refusal):
    """Somebody holds the post, and nobody said that the new one replaces the old one."""


class NotOfUs(Refusal):
    """The member belongs to no organisation below the one whose post it is."""

    field = "organization"


class PostEnded(Refusal):
    """The post was ended, or replaced, before."""


def posts_of(members, *, on):
    """{member id: [Post held on the day, in the order of PostKind]}; one query."""
    posts = defaultdict(list)
    rows = Post.objects.standing().on(on).filter(member__in=[member.pk for member in members])
    for post in sorted(rows.select_related("organization"), key=lambda post: ORDER[post.kind]):
        posts[post.member_id].append(post)
    return posts


def board_of(organization, *, on):
    """([Post] held on the day, the highest first, [Post] held before, the newest first) of one organisation."""
    rows = Post.objects.standing().filter(organization=organization).select_related("member__organization")
    now = sorted(rows.on(on), key=lambda post: (ORDER[post.kind], post.starts_on, post.pk))
    return now, list(rows.filter(ends_on__lt=on).order_by("-ends_on", "-starts_on", "-pk"))


def terms_ending(*, until):
    """Posts held without an end whose term is over by `until`."""
    return Post.objects.standing().filter(ends_on__isnull=True, term_ends_on__lte=until)


@transaction.atomic
def take_post(member, *, organization, kind, starts_on, elected_on=None, years=None, replaces=False, by, at, on):
    """`member` holds `kind` in `organization` from `starts_on`, elected for `years`. Returns the Post.

    There is one secretary, or acting one: with `replaces` the one before ends the day before, and whoever held the role in
    the system for that post gives it up. Raises DayCannotBe, NotOfUs, PostTaken.
    """
    must_be_past(starts_on, on=on, field="starts_on", word=_("任职时间"))
    if elected_on and elected_on > starts_on:
        raise DayCannotBe(_("选举日期不能晚于任职时间。"), field="elected_on")
    if not member.is_present or not organization.contains(member.organization):
        raise NotOfUs(_("%(name)s的组织关系不在%(organization)s。") % {"name": member.name, "organization": organization})
    _make_room(member, organization, kind, starts_on, replaces, by, at)
    post = Post(
        organization=organization, member=member, kind=kind, starts_on=starts_on, elected_on=elected_on, recorded_at=at,
        recorded_by=by, term_ends_on=years_after(elected_on or starts_on, years) if years else None,
    )
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as reason:
        raise PostTaken(_("刚有人登记了书记，请刷新页面再看。"), field="kind") from reason
    term = _("，任期到%(day)s") % {"day": chinese_date(post.term_ends_on)} if post.term_ends_on else ""
    record(member, "take_post", by=by, at=at, organization=organization,
           detail={"note": f"{organization} · {post.get_kind_display()}{term}"})
    if kind in LEADS_BRANCH:
        begin_handover(post, by=by, at=at)
    return post


def _make_room(member, organization, kind, starts_on, replaces, by, at):
    """End the posts that the new one takes the place of: the secretary's for a secretary, the own one for another term."""
    ended = Post.objects.standing().filter(organization=organization, kind__in=LEADS_BRANCH, ends_on__gte=starts_on)
    if kind in LEADS_BRANCH and (last := ended.select_related("member").order_by("-ends_on").first()):
        raise DayCannotBe(_("%(name)s任%(post)s到%(day)s，任职时间要晚于那一天。") % {
            "name": last.member, "post": last.get_kind_display(), "day": chinese_date(last.ends_on)}, field="starts_on")
    held = Post.objects.standing().filter(organization=organization, ends_on__isnull=True).select_related("member")
    for old in held.order_by("pk"):
        if not (old.kind == kind and old.member_id == member.pk or {old.kind, kind} <= LEADS_BRANCH):
            continue
        if not replaces:
            raise PostTaken(_("现在的%(post)s是%(name)s。换届、连任或接替，请勾选“接替现任”。") % {
                "post": old.get_kind_display(), "name": old.member.name}, field="replaces")
        if old.starts_on >= starts_on:
            raise DayCannotBe(_("任职时间要晚于前一任的%(day)s。") % {"day": chinese_date(old.starts_on)}, field="starts_on")
        end_before(old, starts_on, by=by, at=at, reason=str(_("换届")))
        if old.member_id != member.pk:
            _say_goodbye(old, str(_("换届")), by=by, at=at)


@transaction.atomic
def leave_post(post, *, happened_on, reason, by, at, on):
    """The holder's last day is `happened_on`. Returns the version that says so. Raises DayCannotBe, PostEnded."""
    must_be_past(happened_on, on=on, field="happened_on", word=_("离任日期"))
    if happened_on < post.starts_on:
        raise DayCannotBe(_("离任日期不能早于任职时间%(day)s。") % {"day": chinese_date(post.starts_on)}, field="happened_on")
    if not Post.objects.standing().filter(pk=post.pk, ends_on__isnull=True).exists():
        raise PostEnded(_("这个职务已经结束，请刷新页面再看。"))
    ended = end_before(post, happened_on + timedelta(days=1), by=by, at=at, reason=reason)
    _say_goodbye(post, reason, by=by, at=at)
    return ended


def _say_goodbye(post, reason, *, by, at):
    """Write down that the holder left; the role of secretary in the system goes with the post, but never one's own."""
    told = {"note": f"{post.organization} · {post.get_kind_display()} · {reason}"}
    record(post.member, "leave_post", by=by, at=at, organization=post.organization, detail=told)
    if post.kind not in LEADS_BRANCH:
        return
    grants = list(RoleGrant.objects.filter(
        user__member=post.member, organization=post.organization, role=Role.SECRETARY, revoked_at__isnull=True
    ).exclude(user=by).select_related("user"))
    RoleGrant.objects.filter(pk__in=[grant.pk for grant in grants]).update(revoked_at=at)
    note = {"role": str(Role.SECRETARY), "note": f"{Role.SECRETARY.label} · {post.organization}"}
    record_many([(grant.user, "revoke", note, post.organization) for grant in grants], by=by, at=at)
