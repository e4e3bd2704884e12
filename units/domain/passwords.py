"""Passwords of accounts."""
from django.db import transaction

from units.domain.history import record


@transaction.atomic
def change_password(user, password, *, at):
    """Give `user` a password of their own choice; an account with a first password is free to go on after it."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(user, "change_password", by=user, at=at)
