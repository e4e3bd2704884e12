"""Texts and pictures that are alike: numbers and punctuation do not count, sizes and quality do not either."""
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from config.kit import likeness

TEXT = "到幸福社区走访12户困难老人，送去米面油，帮4户修好了漏水的水管。"


def drawn(*, size=(640, 480), quality=85, shift=0):
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for place in range(6):
        left = (place * 97 + shift) % 500 * size[0] // 640
        draw.ellipse((left, place * size[1] // 8, left + size[0] // 4, (place + 3) * size[1] // 8), fill=(40 * place, 90, 200))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def test_numbers_and_punctuation_do_not_count():
    other = "到幸福社区走访 15 户困难老人；送去米面油、帮 6 户修好了漏水的水管"
    assert likeness.share_of(TEXT, other) == 1.0
    assert likeness.text_bands(TEXT) == likeness.text_bands(other)


def test_other_words_share_no_band():
    other = "召开组织生活会，收到意见18条，当场答复11条，其余明确了责任人。"
    assert not set(likeness.text_bands(TEXT)) & set(likeness.text_bands(other))


@pytest.mark.parametrize("text", ["", "开展主题党日。", "！！！", "3"])
def test_a_short_text_is_like_nothing(text):
    assert likeness.text_bands(text) == []


@given(st.text(), st.text())
def test_the_share_is_a_symmetric_part(one, other):
    share = likeness.share_of(one, other)
    assert 0 <= share <= 1 and share == likeness.share_of(other, one)


def test_bands_fit_the_column():
    assert all(0 <= band < 2**63 for band in likeness.text_bands(TEXT)) and len(likeness.text_bands(TEXT)) == likeness.BANDS


def test_a_photo_made_smaller_is_the_same_photo():
    one, small = likeness.picture_bits(drawn()), likeness.picture_bits(drawn(size=(320, 240), quality=40))
    assert likeness.bits_apart(one, small) <= 3
    assert set(enumerate(likeness.picture_parts(one))) & set(enumerate(likeness.picture_parts(small)))
    assert likeness.bits_apart(one, likeness.picture_bits(drawn(shift=260))) > 10


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_what_is_no_picture_has_no_hash(content):
    assert likeness.picture_bits(content) is None


def test_a_picture_of_one_colour_is_like_no_other():
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "grey").save(out, "PNG")
    assert likeness.picture_bits(out.getvalue()) is None


def test_parts_are_the_bits():
    bits = 0x0123456789ABCDEF
    assert sum(part << (16 * place) for place, part in enumerate(likeness.picture_parts(bits))) == bits
