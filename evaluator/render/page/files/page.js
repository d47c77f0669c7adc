(function () {
  "use strict";
  var box = document.getElementById("search");
  var said = document.getElementById("said");
  var words = new Map();
  var waiting = 0;

  function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }
  function has(node, text) {
    if (!words.has(node)) { words.set(node, node.textContent.toLowerCase()); }
    return words.get(node).includes(text);
  }

  var projects = all(".project").map(function (node) { return { node: node, rows: all("tbody.indicator", node) }; });
  var findings = all("#findings tbody tr");
  var kinds = all("input[name=severity]");

  function filter() {
    var text = box.value.trim().toLowerCase();
    var shown = 0;
    var marked = 0;
    var found = [];
    projects.forEach(function (project) {
      var match = !text || has(project.node, text);
      project.node.hidden = !match;
      shown += match ? 1 : 0;
      project.rows.forEach(function (row) {
        var hit = Boolean(text) && match && has(row, text);
        row.classList.toggle("hit", hit);
        if (hit && found[found.length - 1] !== project.node) { found.push(project.node); }
        marked += hit ? 1 : 0;
      });
    });
    if (found.length <= 20) { found.forEach(function (node) { node.open = true; }); }
    var wanted = kinds.filter(function (kind) { return kind.checked; }).map(function (kind) { return kind.value; });
    findings.forEach(function (row) {
      var severity = row.dataset.severity;
      row.hidden = Boolean(severity) && (!wanted.includes(severity) || (Boolean(text) && !has(row, text)));
    });
    said.textContent = text ? "找到 " + shown + " 个项目、" + marked + " 个指标" : "";
  }
  box.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  kinds.forEach(function (kind) { kind.addEventListener("change", filter); });

  function value(row, column) {
    var text = row.cells[column].textContent.trim();
    var number = parseFloat(text);
    return isNaN(number) ? text : number;
  }
  function compare(a, b) {
    if (typeof a !== typeof b) { return typeof a === "number" ? -1 : 1; }
    return typeof a === "number" ? a - b : a.localeCompare(b, "zh-CN");
  }
  function sort(head, column) {
    var sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    all("#scores th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    var body = document.querySelector("#scores tbody");
    Array.from(body.rows)
      .sort(function (a, b) { return sign * compare(value(a, column), value(b, column)); })
      .forEach(function (row) { body.appendChild(row); });
  }
  all("#scores .sort").forEach(function (button, column) {  // no <button>: Chromium leaves it out of repeated headers in print
    button.addEventListener("click", function () { sort(button.parentNode, column); });
    button.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(button.parentNode, column); }
    });
  });

  function openAll(open) { all("details").forEach(function (node) { node.open = open; }); }
  document.getElementById("open").addEventListener("click", function () { openAll(true); });
  document.getElementById("close").addEventListener("click", function () { openAll(false); });
  document.getElementById("print").addEventListener("click", function () { window.print(); });

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = closed.concat(all("details:not([open])"));
    openAll(true);
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (node) { node.open = false; });
    closed = [];
  });

  function openTarget(hash) {
    var node = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (node && node.tagName === "DETAILS") { node.hidden = false; node.open = true; }
  }
  all('a[href^="#p"]').forEach(function (link) {
    link.addEventListener("click", function () { openTarget(link.hash); });
  });
  openTarget(location.hash);
  filter();
})();
