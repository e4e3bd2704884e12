import pytest

from config.kit.names import marks, masked_phone, spaced, surname


@pytest.mark.parametrize(
    "name, expected",
    [("张三", "张\u3000三"), ("张 三", "张\u3000三"), ("张三丰", "张三丰"), ("欧阳永康", "欧阳永康"), ("张", "张"), ("", "")],
)
def test_only_two_character_names_are_spaced(name, expected):
    assert spaced(name) == expected


@pytest.mark.parametrize(
    "name, expected",
    [("张三", "张"), ("欧阳永康", "欧阳"), ("诸葛亮", "诸葛"), ("东方", "东"), ("阿卜杜拉・买买提", "阿"), ("", "")],
)
def test_surname(name, expected):
    assert surname(name) == expected


@pytest.mark.parametrize(
    "sex, ethnicity, expected",
    [
        ("女", "回族", "（女，回族）"),
        ("女", "汉族", "（女）"),
        ("男", "回族", "（回族）"),
        ("男", "汉族", ""),
        ("", "", ""),
    ],
)
def test_marks_are_only_what_lists_mention(sex, ethnicity, expected):
    assert marks(sex=sex, ethnicity=ethnicity) == expected


@pytest.mark.parametrize(
    "number, expected",
    [("13800130743", "138****0743"), ("58123", "***23"), ("010-58123456", "010****3456"), ("", ""), (None, "")],
)
def test_masked_phone(number, expected):
    assert masked_phone(number) == expected
