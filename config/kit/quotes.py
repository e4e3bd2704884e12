"""Quotation marks inside quotation marks: a title such as 2011年“七一”表彰, named in a sentence that quotes it."""
MARKS = (("“", "”"), ("‘", "’"))


def nested_quotes(text):
    """`text` with “ ” and ‘ ’ taking turns by depth, as GB/T 15834 asks; unchanged where a pair is not closed."""
    written, depth = [], 0
    for character in str(text):
        if character == "“":
            written.append(MARKS[depth % 2][0])
            depth += 1
        elif character == "”":
            depth -= 1
            if depth < 0:
                return text
            written.append(MARKS[depth % 2][1])
        else:
            written.append(character)
    return text if depth else "".join(written)
