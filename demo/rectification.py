"""What was done about some open items of rectification, so that their pages have a course."""
from datetime import timedelta

from campaign.enums import RectificationState
from campaign.models import Rectification, RectificationProgress

TOLD = ["开了支委会，定了谁来改、什么时候改完。", "已经改了一半，缺的记录补齐了三次。", "请服务对象来看过，提的两点正在改。"]


def write_progress(cast, *, now):
    """One to three steps for every other open item."""
    items = Rectification.objects.unfinished().filter(state=RectificationState.OPEN, carried_from__isnull=True).order_by("pk").select_related("organization")[::2]
    rows = []
    for number, item in enumerate(items):
        days = max((now.date() - item.opened_on).days, 0)
        for step, text in enumerate(TOLD[: 1 + number % len(TOLD)], 1):
            day = item.opened_on + timedelta(days=days * step // 4)
            rows.append(RectificationProgress(
                rectification=item, text=text, happened_on=day, recorded_at=now - timedelta(days=days - days * step // 4),
                recorded_by=cast.secretaries.get(item.organization_id),
            ))
    RectificationProgress.objects.bulk_create(rows)
