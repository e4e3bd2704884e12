"""What every test would do again, done once or at once. None of it changes what a test sees."""
from contextlib import contextmanager

import pytest
from django.core import serializers
from django.db import transaction
from whitenoise.middleware import WhiteNoiseMiddleware


def put_back(creation, text):
    """What Django's `deserialize_db_from_string` does, in a statement for each table: row by row the eight hundred rows of the
    migrations took longer than most tests that commit. Rows that are there get the columns of `text`, as with Django's."""
    connection, rows = creation.connection, {}
    for made in serializers.deserialize("json", text, using=connection.alias):
        assert not made.m2m_data, f"{made} has more than its columns"
        rows.setdefault(type(made.object), []).append(made.object)
    with transaction.atomic(using=connection.alias):
        with connection.constraint_checks_disabled():
            for model, objects in rows.items():
                columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
                model._base_manager.using(connection.alias).bulk_create(
                    objects, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=columns
                )
        connection.check_constraints(table_names=[model._meta.db_table for model in rows])


def in_roomy_frame(call):
    """`call()`, with half a megabyte of room for the frames below it.

    CPython 3.11 keeps frames in pieces of 16 KiB. Where a loop calls a function just over the edge of a piece, each call asks
    the kernel for another piece and gives it back: a thousand times in a test, a fifth of the time. A frame as large as this
    one comes in a piece of a mebibyte, whose rest nothing outgrows.
    """
    return call()


in_roomy_frame.__code__ = in_roomy_frame.__code__.replace(co_stacksize=70_000)  # in words of eight bytes


@contextmanager
def static_files_listed_once():
    """Every `Client` builds the middleware anew, and with it WhiteNoise's list of the files in static/: it is made once."""
    known = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def add(self):
        if self.static_prefix not in known:
            before = set(self.files)
            look(self)
            known[self.static_prefix] = {url: file for url, file in self.files.items() if url not in before}
        self.files.update(known[self.static_prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield
