"""Draw a sample that anybody can draw again: SHA-256 with rejection sampling over a published pool. Also a program:

    python draw.py POOL.json NUMBER

POOL.json is the published pool, byte for byte; NUMBER is the public number that was named before it was known.
"""
import hashlib
import json
import sys

TOP = 2**64


def number_below(total, key, counter):
    """(n, next counter): n is one of 0 … total-1, each as likely as the others.

    Takes the first 8 bytes of SHA-256("key|counter"); numbers of the last, incomplete round are thrown away.
    """
    while True:
        digest = hashlib.sha256(f"{key}|{counter}".encode()).digest()
        number, counter = int.from_bytes(digest[:8], "big"), counter + 1
        if number < TOP - TOP % total:
            return number % total, counter


def draw(pool_text, number):
    """[(stratum, code, place, total)] in the order drawn, without putting back; a row's weight is its width."""
    key = f"{hashlib.sha256(pool_text.encode()).hexdigest()}|{number}"
    drawn, counter = [], 0
    for stratum in json.loads(pool_text)["strata"]:
        rows = list(stratum["rows"])
        for _turn in range(stratum["take"]):
            total = sum(row["weight"] for row in rows)
            place, counter = number_below(total, key, counter)
            index, rest = 0, place
            while rest >= rows[index]["weight"]:
                index, rest = index + 1, rest - rows[index]["weight"]
            drawn.append((stratum["name"], rows.pop(index)["code"], place, total))
    return drawn


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        text = file.read()
    sys.stdout.reconfigure(encoding="utf-8")
    lines = [(hashlib.sha256(text.encode()).hexdigest(),), *draw(text, sys.argv[2])]
    sys.stdout.write("".join(" ".join(map(str, line)) + "\n" for line in lines))
