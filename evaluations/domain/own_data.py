"""What the system holds about one person, in words, for that person: account, sign-ins, roles, roster, records that name them."""
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.models import ActivityDraft, CalendarFeed, Reminder, VisitInspector
from config.kit.dates import chinese_date
from config.kit.names import masked_phone
from config.kit.xlsx import Column, Sheet, write_xlsx
from evaluations.domain.own_records import records_of
from evaluations.models import Opinion, Review
from units.domain.id_numbers import masked, unseal
from units.models import Charge, PageView, RoleGrant, SignIn

ROSTER = (
    "name", "gender", "ethnicity", "native_place", "born_on", "education", "work_started_on", "joined_on", "full_on", "status",
    "organization", "administrative_post",
)


def sections_of(user):
    """[(title, [(label, value)])]; values are text, empty ones are left out. Nothing of anybody else is among them."""
    sections = [(_("账号"), _account(user)), (_("登录"), _sign_ins(user)), (_("角色"), _roles(user))]
    if user.member_id:
        sections += [(_("名册"), _roster(user.member)), *records_of(user.member, user)]
    reminders = Reminder.objects.filter(recipient=user).count()
    sections += [(_("经手的工作"), _done(user)), (_("消息"), [(_("收到的提醒"), str(reminders))])]
    return [(title, [(_words(label), _words(value)) for label, value in rows if value]) for title, rows in sections]


def write_workbook(target, user, *, on, demo):
    """The sections one below the other, on a sheet that fits an A4 page in width, written to a binary file."""
    columns = (Column(_("类别"), 20), Column(_("项目"), 24), Column(_("内容"), 60))
    rows = [
        (title, label, value) for title, lines in sections_of(user) for label, value in lines or [("", _("没有记录。"))]
    ]
    whose = _("%(name)s（%(account)s），%(day)s") % {"name": user.name, "account": user.username, "day": chinese_date(on)}
    sheet = Sheet(_("个人信息"), columns, rows, titles=(_("个人信息"), whose), landscape=False, wrapped=True)
    write_xlsx(target, [sheet], demo=demo)


def _words(value):
    return chinese_date(value) if isinstance(value, date) else str(value)


def _account(user):
    return [
        (_("账号"), user.username), (_("姓名"), user.name), (_("电子邮箱"), user.email), (_("开通"), _moment(user.created_at)),
        (_("上次登录"), _moment(user.last_login)), (_("上次改密码"), _moment(user.password_changed_at)),
        (_("第二步验证"), _("已设") if user.second_factor_mark else _("没有设")),
        (_("查看过的单位"), _seen(user)),
    ]


def _seen(user):
    count = PageView.objects.filter(user=user).count()
    return _("%(count)s 个；每个单位只记最近两次查看的时间，用来告诉您有什么变化，别人看不到") % {"count": count} if count else ""


def _sign_ins(user):
    """Tries that are kept, newest first (units/domain/sign_ins.py says for how long)."""
    rows = SignIn.objects.visible_to(user).newest_first()
    return [(_moment(row.at), f"{row.get_outcome_display()} · {row.browser}") for row in rows]


def _roles(user):
    grants = RoleGrant.objects.filter(user=user).select_related("organization").order_by("pk")
    return [
        (grant.get_role_display(), " · ".join(filter(None, [
            str(grant.organization or ""),
            _("%(first)s起") % {"first": chinese_date(grant.starts_on)},
            _("到%(last)s") % {"last": chinese_date(grant.ends_on)} if grant.ends_on else "",
            _("已撤销") if grant.revoked_at else "",
        ])))
        for grant in grants
    ]


def _done(user):
    """What hangs on the account, and not on the person's place in the roster."""
    charges = Charge.objects.standing().filter(leader=user).select_related("organization").order_by("-starts_on", "-pk")
    counts = [
        (_("写的点评"), Review.objects.standing().filter(reviewer=user).count()),
        (_("转给本人办的意见"), Opinion.objects.filter(handler_account=user).count()),
        (_("到场的抽查"), VisitInspector.objects.filter(user=user).count()),
        (_("没交的活动草稿"), ActivityDraft.objects.filter(author=user).count()),
        (_("订阅的日历"), CalendarFeed.objects.filter(user=user).count()),
    ]
    return [
        *((_("联系的单位"), f"{row.organization} · {chinese_date(row.starts_on)}") for row in charges),
        *((label, str(count)) for label, count in counts if count),
    ]


def _roster(member):
    rows = [(member._meta.get_field(name).verbose_name, _value(member, name)) for name in ROSTER]
    number = masked(unseal(member.id_number_sealed)) if member.id_number_sealed else ""
    return [*rows, (_("联系电话"), masked_phone(member.phone)), (_("身份证号"), number)]


def _value(member, name):
    shown = getattr(member, f"get_{name}_display", None)
    return shown() if shown else getattr(member, name) or ""


def _moment(moment: datetime | None):
    local = timezone.localtime(moment) if moment else None
    return f"{chinese_date(local.date())} {local:%H:%M}" if local else ""
