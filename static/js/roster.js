/* Names that are ticked and the number present follow each other. */
(function () {
  "use strict";
  document.querySelectorAll("[data-cx-roster]").forEach(function (roster) {
    var number = document.getElementById(roster.dataset.cxRoster);
    if (!number) return;
    var ticks = roster.querySelectorAll("input[type=checkbox]");
    roster.addEventListener("change", function () {
      number.value = roster.querySelectorAll("input[type=checkbox]:checked").length;
      number.dispatchEvent(new Event("change", { bubbles: true }));
    });
    /* All or nobody is the only number that says who they are; any other leaves the ticks as they stand. */
    number.addEventListener("input", function () {
      var all = Number(number.value) === ticks.length, nobody = number.value === "0";
      if (all || nobody) ticks.forEach(function (tick) { tick.checked = all; });
    });
  });
})();
