/* The voting pages. A slip's code stands in the address's fragment, which browsers keep to themselves: it is put into the
   form and wiped from the address. What is rated is counted (弃权 is not, as on the page that checks); one click puts in one
   ballot. Nothing is stored anywhere. */
(function () {
  "use strict";
  var doc = document;

  var start = doc.querySelector("form[data-cx-code]");
  function open() {
    var code = window.location.hash.slice(1);
    if (!start || !code) return;
    start.elements.code.value = code;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    start.submit();
  }
  open();
  window.addEventListener("hashchange", open);

  var ballot = doc.querySelector("form[data-cx-ballot]");
  function count() {
    var names = {}, rated = 0, bar = ballot.querySelector("[data-cx-count]");
    Array.prototype.forEach.call(ballot.querySelectorAll("input[type=radio]"), function (radio) {
      names[radio.name] = names[radio.name] || (radio.checked && radio.value !== "");
    });
    Object.keys(names).forEach(function (name) { rated += names[name] ? 1 : 0; });
    bar.textContent = bar.getAttribute("data-cx-count") + " " + rated + " / " + Object.keys(names).length;
  }
  if (ballot) {
    ballot.addEventListener("change", count);
    window.addEventListener("pageshow", count); // a browser that goes back ticks again what was ticked
    count();
  }

  var once = doc.querySelector("form[data-cx-once]");
  if (once) {
    once.addEventListener("submit", function (event) {
      if (once.dataset.sent) event.preventDefault();
      once.dataset.sent = "1";
    });
  }
}());
