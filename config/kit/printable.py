"""What a file of XML can hold: text from people without the characters that would make a document unreadable."""
import re

_NEVER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def printable(value):
    """`value` as text without control characters and broken surrogates; tabs and line ends stay."""
    return _NEVER.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
