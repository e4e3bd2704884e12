import pytest

from config.kit.quotes import nested_quotes
from config.kit.refusal import Refusal
from config.kit.verdict import denied


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("“2011年“七一”表彰”现在不接受推荐。", "“2011年‘七一’表彰”现在不接受推荐。"),
        ("“窗口服务“少跑一趟””和“走访”", "“窗口服务‘少跑一趟’”和“走访”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("写作“七一”。", "写作“七一”。"),
        ("没有引号。", "没有引号。"),
        ("“只有一半", "“只有一半"),
        ("只有一半”和“另一对”", "只有一半”和“另一对”"),
    ],
)
def test_marks_take_turns_by_depth(said, written):
    assert nested_quotes(said) == written


def test_refusals_and_verdicts_are_said_that_way():
    said = "“2011年“七一”表彰”现在不接受推荐。"
    assert Refusal(said, field="title").message == denied(said).reason == "“2011年‘七一’表彰”现在不接受推荐。"
    assert str(Refusal(said)) == "“2011年‘七一’表彰”现在不接受推荐。"
