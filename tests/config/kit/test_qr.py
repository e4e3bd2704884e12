"""QR codes as inline SVG."""
from config.kit.qr import picture


def test_a_picture_brings_no_style_and_no_text_of_the_address():
    drawn = picture("http://127.0.0.1:8000/v/#ABCD\"<script>")
    assert drawn.startswith("<svg") and 'class="cx-qr"' in drawn
    assert "style" not in drawn and "script" not in drawn and "ABCD" not in drawn


def test_another_address_is_another_picture():
    assert picture("http://127.0.0.1:8000/v/#A") != picture("http://127.0.0.1:8000/v/#B")
