"""What of people waits for whom: the end of a probation or of a term, a transfer to answer, numbers to confirm."""
from datetime import timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_above import LEADS, Hearers, rows_below
from campaign.domain.due_sources import grants_of, turn
from campaign.models import ActivityPart
from config.kit.dates import chinese_date, years_before
from units import scope
from units.domain import posts
from units.enums import DELEGABLE, MemberStatus, Role
from units.models import Handover, Member, RoleGrant, Transfer, User

PROBATION_AHEAD = timedelta(days=30)
ANSWERS = (*LEADS, Role.OFFICE)  # who may answer a transfer for what is below


def probations_ending(make, *, on, user=None):
    """Probationary members whose day is within a month or past, for the branch's secretary, or those above it."""
    if user and not user.has_role(*LEADS):
        return
    latest = on + PROBATION_AHEAD
    members = Member.objects.present().filter(
        status=MemberStatus.PROBATIONARY, joined_on__lte=years_before(latest, 1)  # an extension only makes it later
    ).select_related("organization")
    ending = [
        member for member in rows_below(members, [Role.SECRETARY], on=on, user=user) if member.probation_ends_on <= latest
    ]
    hearers = Hearers({member.organization.path for member in ending}, [Role.SECRETARY], on=on, user=user)
    for member in ending:
        due_on = member.probation_ends_on
        accounts, is_above = hearers.of(member.organization.path)
        words = _("期满后及时召开支部党员大会讨论，再登记决定。")
        if is_above:
            words = _("%(branch)s没有书记账号。请支部及时开会讨论，再代为登记决定。") % {"branch": member.organization}
        for account in accounts:
            yield make(
                account, "probation", f"probation:{member.pk}:{turn(due_on, on)}",
                _("%(name)s的预备期到%(day)s满") % {"name": member.name, "day": chinese_date(due_on)}, words,
                reverse("member_probation", args=[member.pk]), _("登记决定"), due_on,
            )


def transfers_waiting(make, *, on, user=None):
    """Transfers that the receiving branch has not answered, for those who lead it; where none of them can (there is no
    account, or only the proposer's or the member's own), for those above it."""
    grants = grants_of(ANSWERS, on=on, user=user)
    below = scope.within_any([grant.organization.path for grant in grants], "receiver__") if user else Q()
    waiting = grants and list(Transfer.objects.waiting().filter(below).order_by("pk").values_list(
        "pk", "member__name", "member__account", "sender__name", "receiver__name", "receiver__path", "proposed_by_id"
    ))
    if not waiting:
        return
    hearers = Hearers({row[-2] for row in waiting}, LEADS, above=ANSWERS, on=on, user=user)
    for pk, name, account_of_member, sender, receiver, path, proposer in waiting:
        accounts, is_above = hearers.of(path, besides={proposer, account_of_member})
        words = _("从%(sender)s转到%(receiver)s，那里没有能答复的账号。") if is_above else _("从%(sender)s转来。")
        for account in accounts:
            yield make(
                account, "transfer", f"transfer:{pk}", _("%(name)s的组织关系等您接收") % {"name": name},
                words % {"sender": sender, "receiver": receiver}, reverse("transfer_detail", args=[pk]), _("答复"),
            )


def parts_waiting(make, *, on, user=None):
    """Joint activities recorded by another organisation, for the secretary whose numbers they wait for, or those above."""
    if user and not user.has_role(*LEADS):
        return
    named = ("activity__lineage", "activity__title", "activity__organization__name", "organization_id", "organization__name",
             "organization__path")
    rows = list(rows_below(ActivityPart.objects.waiting(), [Role.SECRETARY], on=on, user=user).values_list(*named))
    hearers = Hearers({row[-1] for row in rows}, [Role.SECRETARY], on=on, user=user)
    for lineage, title, name, organization, partner, path in rows:
        accounts, is_above = hearers.of(path)
        words = _("%(name)s记的。确认以后，也算本支部的一次活动。")
        if is_above:
            words = _("%(name)s记的。%(partner)s没有书记账号，请代为确认。")
        for account in accounts:
            yield make(
                account, "part", f"part:{lineage}:{organization}", _("联合活动“%(title)s”等您确认人数") % {"title": title},
                words % {"name": name, "partner": partner}, reverse("part_confirm", args=[lineage, organization]), _("确认"),
                None,
            )


def terms_ending(make, *, on, user=None):
    """Boards whose term is over within three months or past, one line each, for the secretary and the unit's committee."""
    grants = grants_of([Role.SECRETARY, Role.COMMITTEE], on=on, user=user)
    ending = grants and posts.terms_ending(until=on + posts.WARN_BEFORE).values(
        "organization", "organization__name", "organization__path"
    ).annotate(first=Min("term_ends_on")).order_by("organization__path")
    for row in ending:
        path, due_on = row["organization__path"], row["first"]
        for account in sorted({grant.user_id for grant in grants if _answers_for_board(grant, path)}):
            yield make(
                account, "term", f"term:{row['organization']}:{turn(due_on, on)}",
                _("%(name)s班子任期到%(day)s满") % {"name": row["organization__name"], "day": chinese_date(due_on)},
                _("请按期换届；上级批复后由单位党委登记任职。"), reverse("post_list", args=[row["organization"]]), _("看任期"),
                due_on,
            )


def _answers_for_board(grant, path):
    """The own secretary, and every committee at or above the organisation."""
    return path == grant.organization.path or grant.role == Role.COMMITTEE and path.startswith(grant.organization.path)


def handovers_waiting(make, *, on, user=None):
    """Sheets that the incoming secretary has not received, for that person's account, with or without the role by now."""
    rows = Handover.objects.waiting().select_related("organization", "outgoing")
    accounts = {user.member_id: user.pk} if user else dict(
        User.objects.filter(is_active=True, member__in=rows.values("incoming")).values_list("member_id", "pk")
    )
    if not accounts or user and not user.member_id:
        return
    for row in rows.filter(incoming__in=list(accounts)).order_by("pk"):
        yield make(
            accounts[row.incoming_id], "handover", f"handover:{row.pk}",
            _("%(name)s的交接单等您接收") % {"name": row.organization.name},
            _("%(name)s移交。没办完的事都列好了，核对以后接收。") % {"name": row.outgoing.name}, row.get_absolute_url(),
            _("核对接收"),
        )


def delegations_running(make, *, on, user=None):
    """A delegation for both of its sides, until its last day; kept to the home page for the one who gave it."""
    if user and not any(grant.role in DELEGABLE for grant in user.held_grants):
        return
    rows = RoleGrant.objects.in_force(on=on).filter(delegated_from__isnull=False)
    if user:
        rows = rows.filter(Q(user=user) | Q(granted_by=user))
    for row in rows.select_related("organization", "user", "granted_by").order_by("pk"):
        words = {"role": row.get_role_display(), "organization": row.organization, "to": row.user.display_name,
                 "from": row.granted_by.display_name, "day": chinese_date(row.ends_on)}
        url = reverse("delegation_list")
        if not user or user.pk == row.user_id:
            yield make(
                row.user_id, "delegation", f"delegation:{row.pk}",
                _("%(from)s请您代%(organization)s%(role)s") % words,
                _("到%(day)s为止。办事前先“换一个身份”。") % words, url, _("开始代"), row.ends_on,
            )
        if not user or user.pk == row.granted_by_id:
            yield make(
                row.granted_by_id, "delegation", f"delegation:{row.pk}:given",
                _("%(to)s正在代您的%(role)s") % words,
                _("到%(day)s为止，可以提前收回。") % words, url, _("看委托"), row.ends_on, False,
            )


SOURCES = {
    "delegation": delegations_running, "handover": handovers_waiting, "part": parts_waiting, "probation": probations_ending,
    "term": terms_ending, "transfer": transfers_waiting,
}
