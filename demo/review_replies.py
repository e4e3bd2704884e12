"""What reviewed units answered: most in time, a few late, the newest not yet."""
from datetime import timedelta

from config.kit.working_days import working_day_after
from evaluations.models import Review, ReviewReply

SAID = [
    "支委会已经商量过，{month}月底前改好，改完请您来看。", "问题属实。先从会议和台账改起，{month}月起每月对一次账。",
    "收到。由组织委员牵头，两周内拿出办法。", "已经开始改，先补上缺的记录，再把分工写清楚。",
]
BACK = ["好，月底我去看。", "方向对，先做起来。"]


def write_replies(cast, *, now):
    """Answers to the reviews of organisations; what nobody answered waits for its secretary. Returns how many."""
    reviews = list(Review.objects.filter(member__isnull=True).order_by("happened_on", "pk"))
    entries = []
    for number, review in enumerate(reviews):
        recorded_on = review.recorded_at.date()
        review.reply_due_on = working_day_after(recorded_on, 5)
        moment = review.recorded_at + timedelta(days=12 if number % 9 == 4 else 2)
        writer = cast.secretaries.get(review.organization_id)
        if writer is None or number % 7 == 3 or moment > now:
            continue
        entries.append(_entry(review, "reviewed", SAID[number % len(SAID)].format(month=moment.month), moment, writer))
        if number % 4 == 0 and moment + timedelta(days=1) < now:
            entries.append(_entry(review, "reviewer", BACK[number % len(BACK)], moment + timedelta(days=1), review.reviewer))
    Review.objects.bulk_update(reviews, ["reply_due_on"], batch_size=400)
    ReviewReply.objects.bulk_create(entries)
    return len(entries)


def _entry(review, side, text, moment, writer):
    return ReviewReply(
        review=review, side=side, text=text, happened_on=moment.date(), first_at=moment, recorded_at=moment, recorded_by=writer
    )
