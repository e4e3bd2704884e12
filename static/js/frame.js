/* What makes every page a little easier. Without this file all pages still work. */
(function () {
  "use strict";
  var doc = document;

  /* One press, one request: a form that is on its way cannot be sent again. */
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.cxSent) {
      event.preventDefault();
      return;
    }
    form.dataset.cxSent = "1";
    /* After the browser has collected the fields, or the pressed button's own value would be lost. */
    window.setTimeout(function () {
      form.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = true; });
    }, 0);
  });
  /* A page that comes back from the browser's memory can be sent again. */
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    doc.querySelectorAll("form[data-cx-sent]").forEach(function (form) {
      delete form.dataset.cxSent;
      form.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = false; });
    });
  });

  /* The back button often brings a freshly made page. A form there gets the guard of the one that was sent from it, so
     that pressing the button again still makes no second record; the server then says what became of the first. */
  var came = (window.performance.getEntriesByType("navigation")[0] || {}).type;
  doc.querySelectorAll("form input[name=nonce]").forEach(function (guard, number) {
    var name = "cx-nonce:" + window.location.pathname + window.location.search + "#" + number;
    try {
      if (came === "back_forward" && window.sessionStorage.getItem(name)) guard.value = window.sessionStorage.getItem(name);
      guard.form.addEventListener("submit", function () { window.sessionStorage.setItem(name, guard.value); });
    } catch (closed) { /* no storage here: the server still knows the same words of the same day */ }
  });

  /* What is wrong is read first. */
  var errors = doc.querySelector("[data-cx-errors]");
  if (errors) errors.focus();

  /* Paper cannot be unfolded: what is folded is printed too. */
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = [].slice.call(doc.querySelectorAll("details[data-cx-print]:not([open])"));
    folded.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (part) { part.open = false; });
    folded = [];
  });

  /* After a piece of the page was exchanged, go on reading at its heading. */
  doc.addEventListener("htmx:afterSwap", function (event) {
    var heading = event.detail.target && event.detail.target.querySelector("h1,h2,h3");
    if (!heading || !event.detail.target.hasAttribute("data-cx-focus")) return;
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  });

  /* 还可以写 n 字 */
  doc.querySelectorAll("[data-cx-counter]").forEach(function (line) {
    var field = doc.getElementById(line.dataset.cxCounter);
    if (!field) return;
    var words = line.textContent.split(/-?\d+/);
    function show() {
      var left = Number(line.dataset.cxMax) - field.value.length;
      line.textContent = words[0] + left + (words[1] || "");
      line.classList.toggle("is-over", left < 0);
    }
    field.addEventListener("input", show);
    field.addEventListener("cx:restored", show);
    show();
  });

  /* An open menu closes when one goes elsewhere or presses Escape. */
  doc.querySelectorAll("[data-cx-menu]").forEach(function (menu) {
    doc.addEventListener("click", function (event) { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* Keys: n, /, g h, ?; never while something is being typed, and off on request (WCAG 2.1.4). Ctrl+Enter sends the form one is in. */
  var waiting = 0;
  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
  }
  function open(name) {
    var url = doc.body.dataset[name];
    if (url) window.location.href = url;
  }
  doc.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.ctrlKey && event.target.form) {
      var button = event.target.form.querySelector(".btn-primary[type=submit]");
      if (button) button.click();
      return;
    }
    if (doc.body.dataset.cxKeys === "off") return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || typing(event.target)) return;
    var afterG = Date.now() - waiting < 1000;
    waiting = event.key === "g" ? Date.now() : 0;
    if (event.key === "n") open("cxNew");
    else if (event.key === "h" && afterG) open("cxHome");
    else if (event.key === "/") {
      event.preventDefault();
      open("cxFind");
    } else if (event.key === "?" && doc.body.dataset.cxHelp) {
      window.location.href = doc.body.dataset.cxHelp + "#keys";
    }
  });
})();
