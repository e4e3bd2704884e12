/* form[data-cx-signal] waits for a signal: it is sent only when the server answers, and by itself as soon as it does.
   What was typed is kept by drafts.js (data-cx-keep data-cx-long); without this file the form is sent the usual way. */
(function () {
  "use strict";
  var EVERY = 15000;

  function wait(form) {
    var line = form.querySelector("[data-cx-signal-said]"), timer = 0, isReached = false, isWaiting = false;
    function say(words) {
      line.textContent = words;
      line.hidden = false;
    }
    function press() {
      isReached = true;
      if (form.requestSubmit) form.requestSubmit();
      else form.querySelector("button[type=submit]").click();
      isReached = false;
    }
    function ask() {
      window.clearTimeout(timer);
      fetch(window.location.href, { cache: "no-store", credentials: "same-origin", redirect: "manual" }).then(function () {
        isWaiting = false;
        press();
      }).catch(function () {
        say(form.dataset.cxSignal);
        timer = window.setTimeout(ask, EVERY);
      });
    }
    /* Before frame.js marks the form as sent. */
    form.addEventListener("submit", function (event) {
      if (isReached) return;
      event.preventDefault();
      isWaiting = true;
      say(form.dataset.cxSending);
      ask();
    }, true);
    window.addEventListener("online", function () { if (isWaiting) ask(); });
  }
  document.querySelectorAll("form[data-cx-signal]").forEach(wait);
})();
