import random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from config.kit.stroke import STROKE_KEY_LENGTH, stroke_key

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
ANY_NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def in_order(names):
    shuffled = list(names)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=stroke_key)


@pytest.mark.parametrize(
    "names",
    [
        "丁一 王一 牛一 毛一 文一 方一 尹一 孔一 刘一 李一 张一 陈一",  # 2 4 4 4 4 4 4 4 6 7 7 7 strokes
        "王伟 王丽 王丽萍 王建国",  # one-character given names first, then by the given name
        "司南 司马光 司马建飞 司徒美堂",  # a one-character surname before the compound ones that begin with it
        "司马强 司马鹏 司马飞燕",  # compound surname: the length of the given name, not of the whole name
        "上官耀刚 马一 欧一 欧阳桂 欧阳永康",
        "马明 马小明 马依拉·艾力",  # a minority name's parts count without the dot
    ],
)
def test_official_order(names):
    expected = names.split()
    assert in_order(expected) == expected


def test_two_character_name_that_looks_like_a_compound_surname_is_surname_and_given_name():
    assert in_order(["东方", "东小明"]) == ["东方", "东小明"]
    assert in_order(["东方朔", "东小明"]) == ["东小明", "东方朔"]


@pytest.mark.parametrize("form", ["张三", "张 三", "张\u3000三", " 张\u00a0三\n"])
def test_spaces_of_any_kind_do_not_count(form):
    assert stroke_key(form) == stroke_key("张三")


def test_characters_without_a_known_place_come_last_in_a_fixed_order():
    assert in_order(["龠一", "䶮一", "𬱖一"]) == ["龠一", "䶮一", "𬱖一"]


def test_empty_name_has_an_empty_key():
    assert stroke_key("  ") == ""


@given(ANY_NAME)
def test_key_fits_its_column_and_has_only_digits_and_capitals(name):
    key = stroke_key(name)
    assert len(key) <= STROKE_KEY_LENGTH
    assert set(key) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@given(st.lists(HAN, max_size=20))
def test_order_does_not_depend_on_how_the_list_came(names):
    assert sorted(sorted(names), key=stroke_key) == sorted(sorted(names, reverse=True), key=stroke_key)


@given(HAN, HAN)
def test_two_different_names_never_share_a_place(one, other):
    assert (stroke_key(one) == stroke_key(other)) == (one == other)


@given(HAN, HAN, st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
def test_one_surname_keeps_short_given_names_before_long_ones(one, other, family):
    one, other = "阿" + one, "阿" + other
    if len(one) < len(other):
        assert stroke_key(one) < stroke_key(other)


@pytest.mark.django_db
def test_the_database_sorts_the_key_as_python_does():
    names = "丁一 王丽 王丽萍 欧阳永康 欧一 䶮一 陈一 张三 尹一".split()
    rows = " UNION ALL ".join(["SELECT %s AS k"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT k FROM ({rows}) AS keys ORDER BY k", [stroke_key(name) for name in names])
        from_database = [row[0] for row in cursor.fetchall()]
    assert from_database == sorted(stroke_key(name) for name in names)
