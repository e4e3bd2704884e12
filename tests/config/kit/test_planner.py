"""The nightly look at the tables."""
import pytest
from django.db import connection

from units.tasks import tell_planner


@pytest.mark.django_db
def test_sqlite_learns_its_sizes_and_postgresql_is_left_alone(tree, django_assert_num_queries):
    is_sqlite = connection.vendor == "sqlite"
    with django_assert_num_queries(2 if is_sqlite else 0):
        tell_planner()
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'units_organization' LIMIT 1")
            assert int(cursor.fetchone()[0].split()[0]) > 3
