/* Names that are ticked and the number present follow each other. Listens at the document, for the roster is exchanged
   when another day is chosen. */
(function () {
  "use strict";
  var doc = document;

  function ticksOf(roster) {
    return Array.prototype.slice.call(roster.querySelectorAll("input[type=checkbox]"));
  }
  function byId(id) {
    return id ? doc.getElementById(id) : null;
  }

  doc.addEventListener("change", function (event) {
    var roster = event.target.closest("[data-cx-roster]"), number = roster && byId(roster.dataset.cxRoster);
    if (!number) return;
    var ticked = ticksOf(roster).filter(function (tick) { return tick.checked; }).length;
    var expected = byId(roster.dataset.cxAbsentOf);
    number.value = expected ? Math.max(0, Number(expected.value) - ticked) : ticked;
    number.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* Where a tick says who came, all or nobody is the only number that says who they are; any other leaves the ticks as
     they stand. Where a tick says who did not come, only "everybody came" does. */
  doc.addEventListener("input", function (event) {
    doc.querySelectorAll("[data-cx-roster]").forEach(function (roster) {
      if (roster.dataset.cxRoster !== event.target.id) return;
      var ticks = ticksOf(roster), expected = byId(roster.dataset.cxAbsentOf);
      var all = Number(event.target.value) === (expected ? Number(expected.value) : ticks.length);
      var nobody = event.target.value === "0" && !expected;
      if (all || nobody) ticks.forEach(function (tick) { tick.checked = expected ? false : all; });
    });
  });
})();
