"""The criteria as pages name them: by their code, with the wording that the organisation's category uses."""
from campaign.enums import Track
from campaign.models import Criterion


def criterion_titles(campaign, category="", *, track=Track.ORGANIZATION):
    """{code: title} of the standing criteria in order; a category's own wording takes the common one's place."""
    rows = Criterion.objects.standing().of(campaign, track).filter(category__in={"", category}).in_order()
    titles = {}
    for criterion in rows:
        if criterion.category or criterion.code not in titles:
            titles[criterion.code] = criterion.title
    return titles
