"""Passwords of accounts."""
import secrets

from django.db import transaction

from units.domain.history import record

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def first_password():
    """Twelve random characters in three groups (59 bits), for a person to copy from paper."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))


@transaction.atomic
def change_password(user, password, *, at):
    """Give `user` a password of their own choice; an account with a first password is free to go on after it."""
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    record(user, "change_password", by=user, at=at)
