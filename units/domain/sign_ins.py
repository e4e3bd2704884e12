"""Sign-ins of an account, kept for the person to look at: what was tried, when and with what kind of browser.

Network addresses are not kept: the library that counts wrong passwords holds one while its lock may last, and no longer.
"""
from datetime import timedelta

from axes.models import AccessAttempt, AccessLog

from units.enums import SignInOutcome
from units.models import SignIn, User

KEPT_FOR = timedelta(days=184)  # 网络安全法 asks for logs of no less than six months
MOST_FAILURES = 20  # an hour and account: more says nothing new and would fill the table
HOUR = timedelta(hours=1)


def note_sign_in(user, *, browser, at):
    """Keep that the password was right, which is half of it for an account with a second step; also as the last sign-in, by the
    house's clock, which in a demo is not the machine's."""
    User.objects.filter(pk=user.pk).update(last_login=at)
    outcome = SignInOutcome.HALF if user.second_factor_mark else SignInOutcome.DONE
    SignIn.objects.create(user=user, at=at, outcome=outcome, browser=browser)


def note_second_step(user, *, browser, at):
    """Keep that the code was right, too."""
    SignIn.objects.create(user=user, at=at, outcome=SignInOutcome.DONE, browser=browser)


def note_failure(user, outcome, *, browser, at):
    """Keep that a try at this account failed, as far as the hour has room for one more. Returns whether it was kept."""
    recent = SignIn.objects.filter(user=user, at__gt=at - HOUR, at__lte=at).failed().count()
    if recent >= MOST_FAILURES:
        return False
    SignIn.objects.create(user=user, at=at, outcome=outcome, browser=browser)
    return True


def account_called(username):
    """The account that somebody tried, or None; of names that nobody has nothing is kept."""
    return User.objects.filter(username=User.normalize_username(username.strip())).first()


def forget_sign_ins(*, at):
    """Delete what is older than KEPT_FOR. Returns how many."""
    return SignIn.objects.filter(at__lte=at - KEPT_FOR).delete()[0]


def forget_addresses(*, before):
    """Delete what the lock's library keeps of tries before this moment of real time, and every sign-in that it ever logged."""
    AccessAttempt.objects.filter(attempt_time__lt=before).delete()
    AccessLog.objects.all().delete()
