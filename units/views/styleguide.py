"""Every component with sample data, for those who build pages; only where DEBUG is on."""
from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.crispy import helper
from config.kit.jobs import JobState


class SampleForm(forms.Form):
    effect = forms.CharField(
        label="做了什么，有什么变化",
        help_text="一两句话就行。写清楚为谁解决了什么。",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    held_on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="类型", choices=[("1", "学习研讨"), ("2", "为民服务"), ("3", "主题党日")], widget=forms.RadioSelect
    )
    goods = forms.MultipleChoiceField(
        label="对应“五个好”",
        choices=[("1", "领导班子好"), ("2", "党员队伍好"), ("3", "工作机制好")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(label="地点", choices=[("", "请选择"), ("a", "会议室"), ("b", "社区")], required=False)
    agree = forms.BooleanField(label="内容已经核对", help_text="提交后 10 分钟内可以撤回。")


class SampleFilter(forms.Form):
    word = forms.CharField(label="名称", required=False)
    category = forms.ChoiceField(label="类别", choices=[("", "全部"), ("organ", "机关司局")], required=False)


def _job(pk, state, done, total, error=""):
    ended = state not in (JobState.QUEUED, JobState.RUNNING)
    percent = 100 * done // total if total else 0
    return SimpleNamespace(
        pk=pk,
        job_state=state.value,
        get_job_state_display=state.label,
        job_ended=ended,
        done_units=done,
        total_units=total,
        percent=percent,
        error=error,
    )


def _lists(now):
    return {
        "todo": [
            {"status": "late", "word": "逾期 6 天", "title": "整改超过期限", "text": "信息中心党总支。", "action": "查看", "action_url": "#"},
            {"status": "soon", "word": "剩 5 天", "title": "窗口服务“少跑一趟”", "action": "记活动", "action_url": "#", "primary": True},
        ],
        "rows": [{"label": "名称", "value": "证明材料精简"}, {"label": "类型", "value": "为民服务", "url": "#"}],
        "gates": [{"ok": True, "text": "资格审核全部完成"}, {"ok": False, "text": "公示满 5 个工作日", "detail": "还差 2 天"}],
        "entries": [
            {"at": now, "what": "提交活动", "who": "周红梅", "url": "#"},
            {"at": now - timedelta(days=400), "what": "更正名册", "note": "转出日期", "who": "马建军"},
        ],
        "used": [{"what": "完成计划任务 1 项", "note": "不用再填完成情况"}, {"what": "第二季度小结"}],
        "people": [
            {"pk": 1, "label": "欧阳永康", "checked": True},
            {"pk": 2, "label": "丁一", "checked": True},
            {"pk": 3, "label": "王小明", "note": "预备", "checked": False},
        ],
        "page": Paginator(range(230), 20).page(5),
        "sentences": ["已经提交的推荐要重新开始。", "历史里会留下这一笔。"],
    }


def _drawings():
    return {
        "steps6": [
            {"state": "done", "label": "分配名额"},
            {"state": "done", "label": "支部推荐", "note": "28 个支部"},
            {"state": "now", "label": "资格审核", "note": "还差 3 人"},
            {"state": "next", "label": "公示"},
            {"state": "next", "label": "决定"},
            {"state": "next", "label": "归档导出"},
        ],
        "phases": [
            {"label": "动员部署", "bars": [{"state": "done", "x": 0, "width": 7}], "marks": [], "span": "2010年4月—5月", "status": "ok", "word": "已完成"},
            {"label": "② 迎接建党90周年", "bars": [{"state": "now", "x": 29, "width": 21}], "marks": [{"x": 52, "label": "7月1日 建党90周年"}], "span": "2011年1月—6月", "status": "doing", "word": "进行中"},
            {"label": "③ 向十八大献礼", "bars": [{"state": "next", "x": 50, "width": 48}], "marks": [], "span": "2011年7月—2012年11月", "status": "wait", "word": "未开始"},
        ],
        "axis": [{"x": 0, "label": "2010.4"}, {"x": 51, "label": "今天", "anchor": "middle", "strong": True}, {"x": 100, "label": "2012.11", "anchor": "end"}],
        "months": [
            {"label": f"{m}月", "full": f"2011年{m}月", "value": v, "url": "#", "now": m == 6}
            for m, v in enumerate((31, 44, 52, 47, 40, 18), start=1)
        ],
        "heat": [None, 0, 1, 3, 5, 8],
    }


@require_http_methods(["GET", "POST"])
def styleguide(request):
    """GET with ?bad=1, or an incomplete POST, shows the form as it looks with errors."""
    if not settings.DEBUG:
        raise Http404
    form = SampleForm({} if "bad" in request.GET else request.POST or None)
    form.helper = helper(form)
    jobs = [
        _job(1, JobState.QUEUED, 0, 0),
        _job(2, JobState.RUNNING, 18, 30),
        _job(3, JobState.DONE, 30, 30),
        _job(4, JobState.FAILED, 4, 30, "第 5 批的数据读不出来。"),
    ]
    context = {"form": form, "filter_form": SampleFilter(request.GET), "jobs": jobs, "now": clock.now()}
    return render(request, "units/styleguide.html", context | _lists(context["now"]) | _drawings())
