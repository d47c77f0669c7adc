(function () {
  "use strict";
  var box = document.getElementById("search");
  var said = document.getElementById("said");
  var projects = Array.prototype.slice.call(document.querySelectorAll(".project"));
  var findings = Array.prototype.slice.call(document.querySelectorAll("#findings tbody tr"));
  var kinds = Array.prototype.slice.call(document.querySelectorAll("input[name=severity]"));
  function has(node, text) { return node.textContent.toLowerCase().indexOf(text) >= 0; }
  function filter() {
    var text = box.value.trim().toLowerCase();
    var shown = 0;
    projects.forEach(function (node) {
      var match = !text || has(node, text);
      node.hidden = !match;
      if (match) { shown += 1; }
      Array.prototype.forEach.call(node.querySelectorAll("tr.indicator"), function (row) {
        row.style.background = text && has(row, text) ? "#fff8d6" : "";
      });
    });
    findings.forEach(function (row) {
      var wanted = kinds.some(function (kind) { return kind.checked && kind.value === row.dataset.severity; });
      row.hidden = !wanted || (text && !has(row, text));
    });
    said.textContent = text ? "找到 " + shown + " 个项目" : "";
  }
  box.addEventListener("input", filter);
  kinds.forEach(function (kind) { kind.addEventListener("change", filter); });
  function openAll(open) {
    Array.prototype.forEach.call(document.querySelectorAll("details"), function (node) { node.open = open; });
  }
  document.getElementById("open").addEventListener("click", function () { openAll(true); });
  document.getElementById("close").addEventListener("click", function () { openAll(false); });
  document.getElementById("print").addEventListener("click", function () { window.print(); });
  window.addEventListener("beforeprint", function () { openAll(true); });
  function openTarget() {
    var node = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (node && node.tagName === "DETAILS") { node.open = true; }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
  filter();
})();
