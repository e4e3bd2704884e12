/* The voting pages. A slip's code stands in the address's fragment, which browsers keep to themselves: it is put into the
   form and wiped from the address. Ticks are counted; one click puts in one ballot. Nothing is stored anywhere. */
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
    var names = {}, chosen = 0;
    Array.prototype.forEach.call(ballot.querySelectorAll("input[type=radio]"), function (radio) {
      names[radio.name] = names[radio.name] || radio.checked;
    });
    Object.keys(names).forEach(function (name) { chosen += names[name] ? 1 : 0; });
    ballot.querySelector("[data-cx-count]").textContent = "已选 " + chosen + " 项，共 " + Object.keys(names).length + " 项";
  }
  if (ballot) {
    ballot.addEventListener("change", count);
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
