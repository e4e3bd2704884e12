"""A sheet on its way: what raw words mean, which questions are asked because of them, and one size for every envelope."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.domain.answers import read_lines, sheet_size
from evaluations.domain.ballot_paper import enclose, enclosed
from evaluations.domain.sealing import NotReadable
from evaluations.models import Question

ASKED = [
    Question(pk=1, kind="single", title="态度", options=["好", "一般", "不好"]),
    Question(pk=2, kind="multiple", title="哪些", options=["甲", "乙", "丙"]),
    Question(pk=3, kind="matrix", title="满意", rows=["快", "净"], options=["满意", "不满意"]),
    Question(pk=4, kind="number", title="几趟", smallest=1, largest=10),
    Question(pk=5, kind="text", title="为什么", shown_after_id=1, shown_for=[1, 2]),
    Question(pk=6, kind="text", title="乙的", shown_after_id=2, shown_for=[1]),
]


def values(**posted):
    told = {name: word if isinstance(word, list) else [word] for name, word in posted.items()}
    return [line.value for line in read_lines(ASKED, told)]


def test_words_are_understood():
    told = values(a0="1", a1=["2", "0", "2"], a2_0="1", a3=" １０ ", a4="少跑\r\n一趟 ")
    assert told == [1, [0, 2], [1, None], 10, "少跑\n一趟", None]


def test_nothing_posted_is_nothing_answered():
    assert values() == [None] * 6
    assert values(a1=[""], a2_0="", a3=" ", a4=" ") == [None] * 6


def test_a_question_is_asked_when_its_condition_is_met():
    lines = read_lines(ASKED, {"a0": ["0"], "a1": ["1", "2"], "a4": ["写了"], "a5": ["也写了"]})
    assert [line.is_asked for line in lines] == [True, True, True, True, False, True]
    assert [line.value for line in lines] == [0, [1, 2], None, None, None, "也写了"]
    assert lines[4].posted == [("a4", "写了")]  # kept on the way: whoever goes back finds it again


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"a0": ["3"]}, "选择不在选项里，请重新选。"),
        ({"a0": ["x"]}, "选择不在选项里，请重新选。"),
        ({"a1": ["0", "7"]}, "选择不在选项里，请重新选。"),
        ({"a2_1": ["-1"]}, "选择不在选项里，请重新选。"),
        ({"a3": ["两趟"]}, "请填整数，例如 3。"),
        ({"a3": ["3.5"]}, "请填整数，例如 3。"),
        ({"a3": ["11"]}, "请填 1 到 10 之间的整数。"),
        ({"a0": ["1"], "a4": ["长" * 301]}, "最多 300 字，现在 301 字。"),
    ],
)
def test_what_cannot_be_understood_is_told_and_kept(posted, sentence):
    [wrong] = [line for line in read_lines(ASKED, posted) if line.error]
    assert wrong.error == sentence
    assert dict(wrong.posted).items() <= {name: words[-1] for name, words in posted.items()}.items()


def test_words_for_the_page_that_checks():
    lines = read_lines(ASKED, {"a0": ["2"], "a1": ["0", "1"], "a2_1": ["1"], "a3": ["4"]})
    assert [line.words for line in lines] == [["不好"], ["甲", "乙"], ["快：没有选", "净：不满意"], ["4"], [], []]


@given(st.text(max_size=320), st.text(max_size=320))
def test_every_sheet_that_may_be_answered_fits_in_the_one_size(first, second):
    size = sheet_size(ASKED)
    lines = read_lines(ASKED, {"a0": ["2"], "a1": ["0", "1", "2"], "a2_0": ["1"], "a3": ["10"], "a4": [first], "a5": [second]})
    if any(line.error for line in lines):
        return
    told = [line.value for line in lines]
    written = enclose(2**62, "AAAAA-BBBBB", told, size=size)
    assert len(written) == size and size % 64 == 0
    assert enclosed(written, places=6) == (2**62, "AAAAA-BBBBB", told)


@pytest.mark.parametrize("words", ["𠮷" * 300, '"' * 300, "\n" * 148 + "末" * 150])
def test_the_longest_text_fits(words):
    lines = read_lines(ASKED, {"a0": ["2"], "a1": ["1"], "a4": [words], "a5": [words]})
    assert not any(line.error for line in lines)
    enclose(2**63, "AAAAA-BBBBB", [line.value for line in lines], size=sheet_size(ASKED))


@pytest.mark.parametrize("written", [b"not json", b"7", b'[1, "A", [0]]', b'[1, "A", null]'])
def test_what_is_no_sheet_is_told(written):
    with pytest.raises(NotReadable):
        enclosed(written, places=6)
