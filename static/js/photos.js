/* Photos: drag, paste, preview and taking away again. The plain file field works without this file. */
(function () {
  "use strict";
  var doc = document;

  function setUp(box) {
    var input = box.querySelector("input[type=file]");
    var list = box.parentNode.querySelector("[data-cx-thumbs]");
    var said = box.querySelector("[data-cx-drop-said]");
    var hint = box.querySelector("[data-cx-drop-hint]");
    var most = Number(box.dataset.cxMax), megabytes = Number(box.dataset.cxMaxMb);
    var chosen = [];
    if (hint) hint.hidden = false;

    function put() {
      var transfer = new DataTransfer();
      chosen.forEach(function (file) { transfer.items.add(file); });
      input.files = transfer.files;
      draw();
    }
    function add(files) {
      said.textContent = "";
      Array.prototype.forEach.call(files, function (file) {
        if (file.size > megabytes * 1024 * 1024) {
          said.textContent = box.dataset.cxBig.replace("%f", file.name).replace("%n", megabytes);
        } else if (chosen.length + list.querySelectorAll("li:not([data-cx-new])").length >= most) {
          said.textContent = box.dataset.cxMore.replace("%n", most);
        } else {
          chosen.push(file);
        }
      });
      put();
    }
    function draw() {
      list.querySelectorAll("li[data-cx-new]").forEach(function (item) {
        var image = item.querySelector("img");
        if (image) URL.revokeObjectURL(image.src);
        item.remove();
      });
      chosen.forEach(function (file, number) { list.appendChild(thumb(file, number)); });
    }
    function thumb(file, number) {
      var item = doc.createElement("li"), line = doc.createElement("div"), name = doc.createElement("span");
      var button = doc.createElement("button"), hidden = doc.createElement("span");
      item.setAttribute("data-cx-new", "");
      if (/^image\/(jpeg|png|gif|webp)$/.test(file.type)) {
        var image = doc.createElement("img");
        image.width = 148;
        image.height = 98;
        image.alt = file.name;
        image.src = URL.createObjectURL(file);
        item.appendChild(image);
      }
      line.className = "b";
      name.textContent = file.name;
      button.type = "button";
      button.className = "btn btn-link btn-sm";
      button.textContent = box.dataset.cxRemove;
      hidden.className = "cx-vh";
      hidden.textContent = file.name;
      button.appendChild(hidden);
      button.addEventListener("click", function () {
        chosen.splice(number, 1);
        put();
        input.focus();
      });
      line.appendChild(name);
      line.appendChild(button);
      item.appendChild(line);
      return item;
    }

    input.addEventListener("change", function () { add(Array.prototype.slice.call(input.files)); });
    ["dragenter", "dragover"].forEach(function (kind) {
      box.addEventListener(kind, function (event) {
        event.preventDefault();
        box.classList.add("is-over");
      });
    });
    ["dragleave", "drop"].forEach(function (kind) {
      box.addEventListener(kind, function (event) {
        event.preventDefault();
        box.classList.remove("is-over");
      });
    });
    box.addEventListener("drop", function (event) { add(event.dataTransfer.files); });
    doc.addEventListener("paste", function (event) {
      if (event.clipboardData && event.clipboardData.files.length) add(event.clipboardData.files);
    });
  }

  doc.querySelectorAll("[data-cx-drop]").forEach(setUp);
})();
