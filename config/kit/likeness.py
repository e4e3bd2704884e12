"""How like two texts or two pictures are: MinHash over pairs of characters, and a perceptual hash.

datasketch and imagehash bring numpy and scipy (half a second, 80 MB), so they are loaded by the first use, which only
processes that take entries ever come to.
"""
import hashlib
import io
import re

PAIRS_AT_LEAST = 12  # a shorter text says too little to be like another
BANDS, ROWS = 24, 3  # two texts that share half of their pairs meet in some band 96 times of 100, a fifth: 17
SEED = 1
BITS = 64
PARTS = 4  # the hash of a picture in four parts: one that differs in up to three bits agrees in at least one part
NUMBERS = re.compile(r"[0-9０-９]+")
NOT_WORDS = re.compile(r"[\W_]+")


def pairs_of(text):
    """The set of neighbouring characters of `text`, without punctuation; every number is the same number."""
    plain = NOT_WORDS.sub("", NUMBERS.sub("0", text.lower()))
    return {plain[place : place + 2] for place in range(len(plain) - 1)}


def share_of(first, second):
    """The part of the pairs of two texts that they have in common, 0 to 1 (Jaccard)."""
    one, other = pairs_of(first), pairs_of(second)
    return len(one & other) / len(one | other) if one or other else 0.0


def text_bands(text):
    """BANDS integers below 2**63; two texts that are alike have one in common. [] for a text that is too short."""
    from datasketch import MinHash

    pairs = pairs_of(text)
    if len(pairs) < PAIRS_AT_LEAST:
        return []
    sketch = MinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update_batch([pair.encode() for pair in sorted(pairs)])
    numbers = [int(value) for value in sketch.hashvalues]
    return [_key(band, numbers[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _key(band, numbers):
    said = f"{band}:{':'.join(map(str, numbers))}".encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big") >> 1


def picture_bits(content):
    """The perceptual hash of a picture's bytes as a 64-bit integer; None for one of a single colour or no picture."""
    import imagehash
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            bits = int(str(imagehash.phash(image)), 16)
    except (OSError, ValueError, SyntaxError, EOFError):
        return None
    return bits if 3 < bits.bit_count() < BITS - 3 else None


def picture_parts(bits):
    """The hash as PARTS small integers, for an index."""
    size = BITS // PARTS
    return [(bits >> (part * size)) & ((1 << size) - 1) for part in range(PARTS)]


def bits_apart(one, other):
    """In how many of the 64 bits two hashes differ."""
    return (one ^ other).bit_count()
