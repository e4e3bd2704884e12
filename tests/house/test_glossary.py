"""Words: every term of the glossary has its module, and no distorted or shouting word reaches a user."""
import ast
import re

import pytest

from tests.house import sources

ROW = re.compile(r"^\| ([a-z][a-z ]*) \| ([^|`]+) \| `([\w/.]+)` \|$", re.M)
# What the distorted copy of the speech prints for 表彰, 公开承诺, 方法步骤, 创造力, 部署, 必然要求.
DISTORTED = ("惩处", "惩办", "公开许诺", "方法方法", "方法布置", "发明力", "发明性", "决策布置", "肯定要求")
SHOUT = re.compile(r"！|[\u4e00-\u9fff]!")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?](?!//)|[\u4e00-\u9fff]\([^)]*[\u4e00-\u9fff][^)]*\)")
TRANSLATED = re.compile(
    r"{%\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", re.S
)


def glossary():
    return ROW.findall((sources.ROOT / "docs/glossary.md").read_text(encoding="utf-8"))


def strings(text):
    """The string literals of a module that hold Chinese, without docstrings."""
    tree = ast.parse(text)
    words = {id(node.body[0].value) for node in ast.walk(tree)
             if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
             and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words:
            if CHINESE.search(node.value):
                yield node.value


def visible():
    """(path, text) of what may reach a user: strings of the product's modules, and its templates."""
    for path, text in sources.modules(*sources.PRODUCT):
        yield from ((path, found) for found in strings(text))
    yield from sources.templates()


def interface():
    """(path, text) of the sentences of the interface: marked strings of modules and templates."""
    for path, text in sources.modules(*sources.APPS):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                yield from ((path, part.value) for part in node.args
                            if isinstance(part, ast.Constant) and isinstance(part.value, str))
    for path, text in sources.templates():
        yield from ((path, "".join(found)) for found in TRANSLATED.findall(text))


def test_the_glossary_is_read():
    assert len(glossary()) > 40
    table = [line for line in (sources.ROOT / "docs/glossary.md").read_text().splitlines() if line.startswith("| ")]
    assert len(table) == len(glossary()) + 1  # the heading; no line with a form of its own


@pytest.mark.parametrize("column", [0, 1], ids=["English", "中文"])
def test_no_word_stands_twice(column):
    words = [row[column].strip() for row in glossary()]
    assert [word for word in words if words.count(word) > 1] == []


def test_every_word_has_its_module():
    missing = [(word, place) for word, _chinese, place in glossary()
               if not (sources.ROOT / place).exists() and not (sources.ROOT / f"{place}.py").exists()]
    assert missing == []


def test_every_module_of_a_model_stands_in_the_glossary():
    named = {place for _word, _chinese, place in glossary()}
    models = {f"{app}/models/{path.name}" for app in sources.APPS for path in (sources.ROOT / app / "models").glob("*.py")}
    assert {place for place in models if not place.endswith("__init__.py")} <= named


def test_no_distorted_word_reaches_a_user():
    found = [(str(path), word) for path, text in visible() for word in DISTORTED if word in text]
    assert found == []


def test_the_interface_does_not_shout():
    assert [(str(path), text[:60]) for path, text in interface() if SHOUT.search(text)] == []


def test_the_interface_uses_full_width_punctuation():
    assert [(str(path), text[:60]) for path, text in interface() if HALF_WIDTH.search(text)] == []


def test_templates_mark_their_chinese():
    """Chinese outside a tag or a comment is a string that nobody can translate."""
    bare = []
    for path, text in sources.templates():
        rest = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
        rest = rest.replace('aria-hidden="true">创优<', "<")  # the seal is a mark, not a word
        rest = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", "", rest, flags=re.S)
        is_page = path.suffix == ".html" and path.parts[1] != "exports" and not path.name.startswith("styleguide")
        if is_page and CHINESE.search(rest):
            bare.append((str(path), CHINESE.split(rest, maxsplit=1)[0][-20:] + CHINESE.search(rest).group()))
    assert bare == []


# The rules can refuse -------------------------------------------------------------------------
def test_the_word_rules_refuse():
    assert list(strings('"""评选惩处 in a docstring."""\nx = "评选惩处"')) == ["评选惩处"]
    assert SHOUT.search("提交成功！") and SHOUT.search("提交成功!") and not SHOUT.search("{% if a != b %}")
    assert HALF_WIDTH.search("您好,请填写") and HALF_WIDTH.search("任务(必填)")
    assert not HALF_WIDTH.search("您好，请填写（必填）。")
