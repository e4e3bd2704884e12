"""Until when the boards of the demo were elected: most for a while yet, a few nearly over, one overdue. All invented."""
from datetime import date

from config.kit.dates import years_before
from units.models import Post

YEARS = 3
LATER, SOON, OVER = date(2012, 11, 20), date(2011, 8, 15), date(2011, 5, 20)


def write_terms(people):
    """The ledgers name the posts and no election; the first branch's term is over in the summer, the third's in the spring."""
    for place, leaf in enumerate(people.leaves):
        ends_on = OVER if place == 2 else SOON if place % 20 == 0 else LATER
        Post.objects.standing().filter(organization=leaf).update(
            term_ends_on=ends_on, elected_on=years_before(ends_on, YEARS)
        )
