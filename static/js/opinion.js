/* The opinion box. While somebody writes, a number is looked for that makes SHA-256 of "nonce:number" begin with zero bits:
   it costs this computer a second, and whoever wants to flood the box an hour. Nothing is stored and nobody is recognised.
   Without this script the text goes by a narrower lane. SHA-256 is written out, because browsers offer theirs on HTTPS only. */
(function () {
  "use strict";
  var doc = document, form = doc.querySelector("form[data-cx-proof]");
  if (!form) return;

  var K = [], START = [];
  (function () {
    var found = 0, candidate = 2, composite = {};
    function bits(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    while (found < 64) {
      if (!composite[candidate]) {
        for (var multiple = candidate * candidate; multiple < 313; multiple += candidate) composite[multiple] = true;
        if (found < 8) START[found] = bits(Math.pow(candidate, 1 / 2));
        K[found] = bits(Math.pow(candidate, 1 / 3));
        found += 1;
      }
      candidate += 1;
    }
  }());

  var W = new Int32Array(64);
  /* The first 32 bits of SHA-256 of a text of ASCII characters that fits into one block (55 characters). */
  function head(text) {
    var i, length = text.length;
    for (i = 0; i < 16; i += 1) W[i] = 0;
    for (i = 0; i < length; i += 1) W[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
    W[length >> 2] |= 0x80 << (24 - (length & 3) * 8);
    W[15] = length * 8;
    for (i = 16; i < 64; i += 1) {
      var x = W[i - 15], y = W[i - 2];
      W[i] = (((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + W[i - 7] +
        ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) + W[i - 16]) | 0;
    }
    var a = START[0], b = START[1], c = START[2], d = START[3], e = START[4], f = START[5], g = START[6], h = START[7];
    for (i = 0; i < 64; i += 1) {
      var one = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + W[i]) | 0;
      var two = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c)) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    return (a + START[0]) | 0;
  }

  var nonce = form.dataset.cxProof, shift = 32 - Number(form.dataset.cxBits), number = 0, waits = false, sent = false;
  var status = form.querySelector("[data-cx-proof-status]");
  function look() {
    for (var stop = number + 3000; number < stop; number += 1) {
      if (head(nonce + ":" + number) >>> shift === 0) {
        form.elements.solution.value = String(number);
        if (waits) send();
        return;
      }
    }
    window.setTimeout(look, 0);
  }
  function send() {
    sent = true;
    form.submit();
  }
  form.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.hasAttribute("formnovalidate")) return; // only the size of the type changes
    if (sent || waits) {
      event.preventDefault();
    } else if (!form.elements.solution.value) {
      event.preventDefault();
      waits = true;
      status.textContent = "正在核验，马上就交，请稍等。";
    } else {
      sent = true;
    }
  });
  form.elements.solution.value = "";
  look();

  var text = form.elements.text, counter = form.querySelector("[data-cx-counter=" + text.id + "]");
  text.addEventListener("input", function () {
    counter.textContent = "还可以写 " + Math.max(0, Number(counter.dataset.cxMax) - text.value.length) + " 字";
  });
}());
