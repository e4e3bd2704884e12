/* No typed word is lost. form[data-cx-keep] is copied to this tab's sessionStorage while one types, put back when the
   page is opened again after the network or the session was gone, and forgotten once the server has taken it. With
   data-cx-long the copy outlives the tab, for a phone that closes pages on its own.
   form[data-cx-draft="URL"] also saves itself to the server two seconds after the last change. */
(function () {
  "use strict";
  var doc = document, body = doc.body;
  var SKIP = /^(csrfmiddlewaretoken|nonce)$/, PREFIX = "cx-keep:", LONG = "cx-keep:long:";

  /* A form is known by its person, its page and its place on the page, or by the name that data-cx-keep gives. */
  function key(form) {
    var place = Array.prototype.indexOf.call(doc.querySelectorAll("form[data-cx-keep]"), form);
    var page = window.location.pathname + window.location.search + "#" + place;
    return (form.hasAttribute("data-cx-long") ? LONG : PREFIX) + (body.dataset.cxUser || "") + ":" + (form.dataset.cxKeep || page);
  }
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !SKIP.test(field.name) && !/^(hidden|file|submit|button|password|fieldset)$/.test(field.type);
    });
  }
  function isTick(field) {
    return /^(checkbox|radio)$/.test(field.type);
  }
  function read(form) {
    return fields(form).map(function (field) {
      return isTick(field) ? [field.name, field.value, field.checked] : [field.name, field.value];
    });
  }
  function shelf(name) {
    return name.indexOf(LONG) === 0 ? window.localStorage : window.sessionStorage;
  }
  function store(name, value) {
    try {
      if (value === null) shelf(name).removeItem(name);
      else shelf(name).setItem(name, JSON.stringify(value));
    } catch (full) { /* private mode, or no room: the page works all the same */ }
  }
  function load(name) {
    try {
      return JSON.parse(shelf(name).getItem(name));
    } catch (broken) {
      return null;
    }
  }
  function putBack(form, values) {
    var rest = values.slice();
    fields(form).forEach(function (field) {
      for (var i = 0; i < rest.length; i += 1) {
        if (rest[i][0] === field.name && (!isTick(field) || rest[i][1] === field.value)) {
          if (isTick(field)) field.checked = rest[i][2];
          else field.value = rest[i][1];
          rest.splice(i, 1);
          field.dispatchEvent(new Event("cx:restored"));
          return;
        }
      }
    });
  }
  function sayRestored(form, name) {
    var note = doc.createElement("p"), button = doc.createElement("button");
    note.className = "cx-note cx-kept";
    note.setAttribute("role", "status");
    note.textContent = body.dataset.cxRestored;
    button.type = "button";
    button.className = "btn btn-link btn-sm";
    button.textContent = body.dataset.cxDiscard;
    button.addEventListener("click", function () {
      store(name, null);
      window.location.reload();
    });
    note.appendChild(button);
    form.parentNode.insertBefore(note, form);
  }

  /* Taken is what led to another page, or came back with a word of success. Login, errors and refusals say neither. */
  function forgetWhatWasTaken() {
    var sent = load("cx-sent");
    store("cx-sent", null);
    if (!sent || body.hasAttribute("data-cx-lost") || doc.querySelector("[data-cx-errors]")) return;
    if (sent.page !== window.location.pathname || doc.querySelector("#messages .cx-note--ok")) store(sent.key, null);
  }

  function keep(form) {
    var name = key(form), kept = load(name);
    if (kept && JSON.stringify(kept) !== JSON.stringify(read(form)) && !doc.querySelector("[data-cx-errors]")) {
      putBack(form, kept);
      sayRestored(form, name);
    }
    function remember() { store(name, read(form)); }
    form.addEventListener("input", remember);
    form.addEventListener("change", remember);
    form.addEventListener("submit", function () {
      remember();
      store("cx-sent", { key: name, page: window.location.pathname });
    });
  }

  function autosave(form) {
    var line = form.querySelector("[data-cx-draft-status]");
    var timer = 0, busy = false, last = JSON.stringify(read(form));
    function later(wait) {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, wait);
    }
    function say(words, wrong) {
      if (!line) return;
      line.textContent = words;
      line.classList.toggle("is-wrong", wrong);
    }
    function save() {
      var now = JSON.stringify(read(form)), data = new FormData(form);
      if (now === last || form.dataset.cxSent) return;
      if (busy) {
        later(500);
        return;
      }
      busy = true;
      form.querySelectorAll("input[type=file]").forEach(function (file) { data.delete(file.name); });
      fetch(form.dataset.cxDraft, {
        method: "POST", body: data, credentials: "same-origin", redirect: "manual", headers: { "HX-Request": "true" }
      }).then(function (answer) {
        if (answer.type === "opaqueredirect") {
          say(body.dataset.cxExpired, true);
          return null;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        var number = form.querySelector("[name=draft_id]");
        if (number && answer.headers.get("X-Draft")) number.value = answer.headers.get("X-Draft");
        last = now;
        return answer.text().then(function (words) { say(words.replace(/<[^>]*>/g, "").trim(), false); });
      }).catch(function () {
        say(body.dataset.cxOffline, true);
        later(15000);
      }).then(function () { busy = false; });
    }
    form.addEventListener("input", function () { later(2000); });
    form.addEventListener("change", function () { later(2000); });
    window.addEventListener("online", function () { later(0); });
  }

  /* Whoever signs out leaves nothing behind on a shared computer. */
  doc.querySelectorAll("form[data-cx-logout]").forEach(function (form) {
    form.addEventListener("submit", function () {
      [window.sessionStorage, window.localStorage].forEach(function (kept) {
        Object.keys(kept).forEach(function (name) { if (name.indexOf(PREFIX) === 0) store(name, null); });
      });
    });
  });
  forgetWhatWasTaken();
  doc.querySelectorAll("form[data-cx-keep]").forEach(keep);
  doc.querySelectorAll("form[data-cx-draft]").forEach(autosave);
})();
