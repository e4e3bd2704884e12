"""What deploy/nginx.conf keeps of people who vote, answer or write to the opinion box: no line in a log, no file on the way."""
import re

import pytest

from evaluations.middleware import ANONYMOUS
from tests.house import sources

PROXY = (sources.ROOT / "deploy/nginx.conf").read_text()
LINES = re.compile(r"^\s*([^#{}]+?);", re.MULTILINE)
IN_MEMORY = ("client_max_body_size", "client_body_buffer_size")
ON_THE_WAY = [*ANONYMOUS, *(path[:-1] for path in ANONYMOUS), "/v/paper/", "/v/check/", "/v/cast/", "/q/question/", "/q/cast/"]


def locations(proxy):
    """{rule: {directive: words}} in the order of the file."""
    found = re.findall(r"location (\S+|~ \S+) \{(.*?)\}", proxy, re.DOTALL)
    return {rule: dict(line.split(maxsplit=1) for line in LINES.findall(body)) for rule, body in found}


def rule_of(path, places):
    """The directives under which nginx answers `path`: the first pattern that fits, else the longest beginning."""
    for rule, directives in places.items():
        if rule.startswith("~ ") and re.search(rule[2:], path):
            return directives
    return places[max((rule for rule in places if path.startswith(rule)), key=len)]


def what_is_kept(directives):
    """What a request under these directives leaves behind."""
    kept = []
    if directives.get("access_log") != "off":
        kept.append("a line in the access log")
    if directives.get("error_log") != "/dev/null":
        kept.append("a line in the error log")
    sizes = {directives.get(name) for name in IN_MEMORY}
    if None in sizes or len(sizes) > 1:
        kept.append("what was sent in a file")
    if directives.get("proxy_max_temp_file_size") != "0":
        kept.append("what is answered in a file")
    return kept


@pytest.mark.parametrize("path", ON_THE_WAY)
def test_nothing_is_kept_of_an_anonymous_page(path):
    assert what_is_kept(rule_of(path, locations(PROXY))) == []


def test_what_keeps_something_is_found():
    places = locations("location ~ ^/v/ {\n access_log off;\n client_max_body_size 1m;\n}\nlocation / {\n proxy_pass http://x;\n}")
    assert what_is_kept(rule_of("/v/", places)) == [
        "a line in the error log", "what was sent in a file", "what is answered in a file",
    ]
    assert "a line in the access log" in what_is_kept(rule_of("/v", places))


def test_the_script_and_style_of_a_voting_page_tell_no_visit():
    static = rule_of("/static/js/ballot.js", locations(PROXY))
    assert (static["access_log"], static["log_not_found"]) == ("off", "off")


def test_whoever_types_an_address_without_https_is_not_written_down():
    (plain,) = [server for server in re.findall(r"server \{(?:[^{}]|\{[^{}]*\})*\}", PROXY) if "listen 80;" in server]
    assert dict(line.split(maxsplit=1) for line in LINES.findall(plain.split("{", 1)[1]))["access_log"] == "off"


def test_opened_opinions_are_put_into_no_file_on_their_way_to_a_reader():
    assert rule_of("/opinions/7/attachments/9/", locations(PROXY))["proxy_max_temp_file_size"] == "0"
