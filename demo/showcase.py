"""What the demo shows: role models, photos, papers and two bulletins; every person and deed is invented."""
from datetime import date, timedelta

from campaign.domain import bulletins, releases
from campaign.enums import EntrySource
from campaign.models import Activity, ActivityPhoto
from demo.oversights import present_papers

STORIES = [
    ("把窗口当作家门口", "每周三晚上延时办公两小时，替白天上班的人办手续；一年里为 43 户行动不便的老人上门代办，没有漏过一次约定。",
     "把服务时间放到群众下班以后。", "2010 年度优秀党务工作者"),
    ("一本账记清救灾款", "救灾款到账后三天内核完名单，把每一笔的去向贴在村口，又一户一户打电话问收到没有，查出并退回两笔重复发放。",
     "钱到了哪里，让拿钱的人自己能查。", ""),
    ("带出一支年轻人的队伍", "和六名新同志结对，每月一次现场讲业务，把自己二十年的笔记整理成十二张办事卡，现在窗口人人会用。",
     "经验写成一张纸，别人才学得走。", "孺子牛奖"),
]
ENDS_ON = [date(2011, 12, 31), date(2011, 6, 20), None]  # one of them asks to be renewed in the days to come
PAPERS = [
    ("practice", "材料清单减到三样的做法", "第一党支部课题组", "把七样材料并成三样，平均办结时间从五天减到两天。",
     "一是对照文件逐样问“为什么要”，说不出依据的去掉。\n\n二是能从系统里查到的不再让群众交。\n\n三是去掉以后试行一个月，没有出错再定下来。"),
    ("theory", "创先争优要比实事", "理论学习中心组", "从一年的记录看，群众记得住的是办成的事，不是开过的会。",
     "争优争的是群众认不认。\n\n活动要落到具体的人和事上，承诺要有现在的情况、要做到什么、什么时候做到三样。\n\n评议要让服务对象说话。"),
]


def write_showcase(cast, campaign, *, now):
    """Write it as things stand on the demo's day: most is on show, something waits for the office."""
    written = now - timedelta(days=20)
    branches = [leaf for leaf in cast.leaves if cast.rosters[leaf.pk]][:6]
    for number, (title, story, lesson, honours) in enumerate(STORIES):
        branch = branches[number]
        words = {
            "title": title, "story": story, "lesson": lesson, "honours": honours, "member": cast.rosters[branch.pk][0],
            "consent_on": written.date(), "is_open": number == 0, "expires_on": ENDS_ON[number],
        }
        _offer("role-models", campaign, branch, words, cast, written, waits=number == 2)
    for number, (kind, title, authors, summary, text) in enumerate(PAPERS):
        words = {
            "kind": kind, "title": title, "authors": authors, "summary": summary, "text": text, "is_open": number == 0,
            "expires_on": None,
        }
        _offer("papers", campaign, branches[number + 3], words, cast, written)
    present_papers(cast, campaign, now=now)
    _hang(campaign, cast, written)
    _print(campaign, cast, now)


def _offer(slug, campaign, organization, words, cast, at, *, waits=False):
    kind = releases.KINDS[slug]
    by = cast.secretaries.get(organization.pk)
    made = releases.draft_release(kind, campaign=campaign, organization=organization, words=words, by=by, at=at)
    releases.submit_release(made, by=by, at=at + timedelta(hours=1), on=at.date())
    if not waits:
        releases.move_release(made, "release", by=cast.office, at=at + timedelta(days=1))
    return made


def _hang(campaign, cast, at):
    """The drawn pictures of activities, hung in the exhibition."""
    rows = ActivityPhoto.objects.filter(activity__campaign=campaign).select_related("activity__organization", "photo")
    for number, row in enumerate(rows.order_by("-activity__happened_on", "pk")[:6]):
        activity = row.activity
        words = {
            "title": activity.title[:60], "photo": row.photo, "happened_on": activity.happened_on,
            "place": activity.place or "本支部", "people": f"{activity.organization}党员和服务对象"[:120], "background": "主题实践活动",
            "occasion": activity.text[:200], "consent_on": at.date(), "is_open": number < 3, "expires_on": date(2011, 12, 31),
        }
        _offer("exhibition", campaign, activity.organization, words, cast, at)


def _print(campaign, cast, now):
    """One issue about May, and a draft about June."""
    issues = [("五月里办成的事", date(2011, 5, 1), date(2011, 5, 31), True), ("迎接建党九十周年", date(2011, 6, 1), now.date(), False)]
    for title, first, last, is_out in issues:
        made = bulletins.draft_bulletin(
            campaign=campaign, title=title, lead="各支部围绕“为民服务”办了一批看得见的实事。", starts_on=first, ends_on=last, is_open=is_out,
            by=cast.office, at=now - timedelta(days=8),
        )
        chosen = Activity.objects.standing().filter(campaign=campaign, happened_on__range=(first, last))
        rows = list(chosen.select_related("organization", "kind").order_by("-present", "pk")[:6])
        bulletins.add_entries(made, EntrySource.ACTIVITY, rows, by=cast.office, at=now - timedelta(days=8))
        if is_out:
            bulletins.publish_bulletin(made, by=cast.office, at=now - timedelta(days=7), on=(now - timedelta(days=7)).date())
