"""Makers of opinions, through the same functions as the pages."""
import datetime

from evaluations.domain import flood_guard, opinions
from evaluations.domain.flood_guard import is_solved, nonce_of
from evaluations.models import Opinion
from tests.factories.campaign import noon
from tests.factories.units import UserFactory

SENT_ON = datetime.date(2011, 6, 6)


def solve(nonce, bits=8):
    """A solution of the challenge with this nonce."""
    return next(str(number) for number in range(100_000) if is_solved(nonce, str(number), bits=bits))


def ticket(at):
    """{token, solution} of a page that a browser with JavaScript has open."""
    challenge = flood_guard.new_challenge(at=at)
    return {"token": challenge.token, "solution": solve(nonce_of(challenge.token, at=at))}


def send(root, *, about=None, kind="problem", text="窗口排队要一个小时", on=SENT_ON, **said):
    """An opinion and its case code."""
    at = noon(on)
    code = opinions.send_opinion(**ticket(at), organization=root, about=about, kind=kind, text=text, **said, at=at, on=on)
    return opinions.opinion_of(code), code


def assigned(root, *, handler=None, account=None, due_on=None, **said):
    """One that was given to somebody, and its code."""
    opinion, code = send(root, **said)
    due_on, day = due_on or opinion.due_on, opinion.received_on
    opinions.assign_opinion(opinion, handler=handler, account=account, due_on=due_on, by=UserFactory(), at=noon(day), on=day)
    return opinion, code


def again(opinion, text="还是老样子", *, on, **said):
    """The sender writes once more."""
    opinions.write_again(opinion, **ticket(noon(on)), text=text, **said, at=noon(on), on=on)
    return Opinion.objects.get(pk=opinion.pk)
