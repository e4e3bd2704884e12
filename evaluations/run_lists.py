"""The lists of scoring when they are exported: the runs, the scores of one run, the evidence behind one line of a score."""
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.jobs import JobState
from evaluations.domain import scores
from evaluations.models import CurrentRun
from units.enums import Category
from units.list_exports import ListExport, register_list

DIGITS_SHOWN = 12  # of a result's digest


def _runs(runs):
    shown = set(CurrentRun.objects.filter(campaign__in={run.campaign_id for run in runs}).values_list("run", flat=True))
    return [
        (run.as_of, run.known_at, _asked_by(run), _state(run, run.pk in shown), run.result_digest[:DIGITS_SHOWN]) for run in runs
    ]


def _asked_by(run):
    if run.requested_by:
        return str(run.requested_by)
    return _now("每晚自动") if run.is_nightly else _now("系统管理员")


def _state(run, is_shown):
    """The words of evaluations/run_state.html."""
    if run.job_state == JobState.DONE:
        return _now("正在显示") if is_shown else _now("已算完")
    if run.job_state == JobState.RUNNING:
        return _now("正在算，%(percent)s%%") % {"percent": run.percent}
    return str(run.get_job_state_display())


def of_category(run, criteria, category):
    """The ListExport of the ranking of one category in `run`; `criteria` are (code, title, weight)."""
    bands = scores.band_titles(run)

    def told(rows):
        return [
            (score.organization.name, score.rank, score.ranked_among if score.rank else None, _points(score.total),
             str(bands.get(score.band, "")), _limits(score), *_by_criterion(sums, criteria))
            for score, sums in scores.with_criteria(rows)
        ]

    return ListExport(
        _now("第 %(run)s 轮计分：%(what)s（算到%(day)s）") % {
            "run": run.pk, "what": Category(category).label, "day": chinese_date(run.as_of)},
        ((_("党组织"), 26), (_("名次"), 6, "number"), (_("同类个数"), 8, "number"), (_("总分"), 10, "points"), (_("等次"), 10),
         (_("受什么限制"), 16), *_columns(criteria)),
        told,
    )


def of_members(run, criteria):
    """The ListExport of the members' scores in `run`, by branch and strokes as the page."""
    def told(rows):
        return [
            (score.member.name, score.organization.name, _points(score.total), *_by_criterion(sums, criteria))
            for score, sums in scores.with_criteria(rows)
        ]

    return ListExport(
        _now("第 %(run)s 轮计分：%(what)s（算到%(day)s）") % {
            "run": run.pk, "what": _now("党员"), "day": chinese_date(run.as_of)},
        ((_("姓名"), 10), (_("党组织"), 26), (_("总分"), 10, "points"), *_columns(criteria)),
        told,
    )


def _columns(criteria):
    return [(f"{title}（{weight}%）", 14, "points") for _code, title, weight in criteria]


def _by_criterion(sums, criteria):
    return [_points(sums.get(code)) for code, _title, _weight in criteria]


def _points(value):
    return None if value is None else value / 10_000


def _limits(score):
    words = [_now("受限制")] if score.band != score.band_by_total else []
    return "；".join([*words, *([_now("不能参加评选")] if score.is_barred else [])])


def of_evidence(line, measure, user):
    """The ListExport of the facts that one line cites, cut for `user` as on the page."""
    def told(rows):
        return [
            (row.title, row.note, row.where, row.happened_on, row.recorded_at and localdate(row.recorded_at),
             row.days_late or None, row.counts)
            for row in measure.evidence(rows, user)
        ]

    return ListExport(
        _now("佐证：%(name)s（%(whose)s）") % {"name": line.indicator.title, "whose": (line.member or line.organization).name},
        ((_("事项"), 40), (_("说明"), 20), (_("单位或党员"), 26), (_("日期"), 11, "date"), (_("记入"), 11, "date"),
         (_("晚几天"), 8, "number"), (_("计为"), 16)),
        told,
    )


def register_lists():
    register_list("run_list", _("各轮计分"), (
        (_("情况算到"), 11, "date"), (_("材料收到"), 16, "datetime"), (_("谁要的"), 12), (_("状态"), 14), (_("结果摘要"), 16),
    ), _runs)
    register_list("run_detail", _("一轮计分的得分"))
    register_list("score_line", _("得分的佐证"))
