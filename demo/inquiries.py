"""Units that were asked why a figure is low: one answered, one has not answered yet, one was asked today. Invented."""
from datetime import timedelta

from evaluations.domain import coverage, inquiries
from evaluations.models import Inquiry

ANSWER = "五月搬办公室停了一个月，6月15日补一次主题党日。"


def write_inquiries(people, campaign, *, now):
    """The leader asks the units without an activity in 30 days, through the product's own functions."""
    leader = people.leaders[0]
    rows = coverage.coverage_rows(leader, campaign=campaign, below=people.root, on=now.date())
    for place, row in enumerate(coverage.gaps(rows, "activity")[:2]):
        asked_at = now - timedelta(days=6 - place)
        inquiry = inquiries.ask(
            row.organization, "activity", campaign=campaign, situation=coverage.situation(row, "activity"), by=leader, at=asked_at
        )
        if place == 0:
            secretary = people.secretaries.get(row.organization.pk) or people.office
            inquiries.answer(inquiry, answer=ANSWER, by=secretary, at=asked_at + timedelta(days=1))
    return Inquiry.objects.count()
