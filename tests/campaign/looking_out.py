"""A branch whose week of 20 June 2011 holds three duties and a busy period: what forms with a due day warn of."""
import datetime

from campaign.domain.busy_periods import mark_busy
from tests.factories.campaign import RectificationFactory

MONDAY, FRIDAY = datetime.date(2011, 6, 20), datetime.date(2011, 6, 24)
IN_IT, OUT_OF_IT = "2011-06-22", "2011-07-06"
FULL = "6月20日—6月26日这一周有 4 件事到期：事项0、事项1、"  # in the order of their days
BUSY = "（6月22日）落在忙期“审计”（6月20日—6月24日）里。"


def fill_week(campaign, organization, *, by, at):
    """Three duties of the organisation on Monday, Tuesday and Friday, and an audit over the week."""
    for number, days in enumerate((0, 1, 4)):
        day = MONDAY + datetime.timedelta(days=days)
        RectificationFactory(campaign=campaign, organization=organization, problem=f"事项{number}", due_on=day)
    mark_busy(organization, title="审计", starts_on=MONDAY, ends_on=FRIDAY, by=by, at=at, on=at.date())


def warned_of(page, title):
    """Whether the page says both about `title` due on Wednesday."""
    return f"{FULL}{title}、事项2。可以错开几天。" in page and f"“{title}”{BUSY}" in page
