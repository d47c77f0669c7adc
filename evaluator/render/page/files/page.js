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
  var rating = document.getElementById("rating");
  var state = document.getElementById("state");
  var scores = all("#scores tbody tr[data-rating]");

  function hideEmpty(group) {  // a group's head goes with the last of its rows
    var row = group.nextElementSibling;
    while (row && row.hidden && !row.classList.contains("of-group")) { row = row.nextElementSibling; }
    group.hidden = !row || row.classList.contains("of-group");
  }

  function filter() {
    var text = box.value.trim().toLowerCase();
    var wantedRating = rating.value;
    var wantedState = state.value;
    var shown = 0;
    var marked = 0;
    var found = [];
    scores.forEach(function (row) { row.hidden = Boolean(wantedRating) && row.dataset.rating !== wantedRating; });
    projects.forEach(function (project) {
      var rows = project.rows.filter(function (row) { return !wantedState || row.dataset.state === wantedState; });
      var match = (!text || has(project.node, text)) && (!wantedRating || project.node.dataset.rating === wantedRating) &&
        (!wantedState || rows.length > 0);
      project.node.hidden = !match;
      project.rows.forEach(function (row) { row.hidden = !rows.includes(row); });
      all(".of-group", project.node).forEach(hideEmpty);
      shown += match ? 1 : 0;
      if (match && wantedState && !text) { found.push(project.node); marked += rows.length; }
      project.rows.forEach(function (row) {
        var hit = Boolean(text) && match && !row.hidden && has(row, text);
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
    said.textContent = text || wantedRating || wantedState ? "找到 " + shown + " 个项目、" + marked + " 个指标" : "";
  }
  box.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  kinds.concat([rating, state]).forEach(function (kind) { kind.addEventListener("change", filter); });

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
  var listed = new Map();
  all("#fingerprints tbody tr").forEach(function (row) { listed.set(row.cells[0].textContent, row.cells[1].textContent); });
  var drop = document.getElementById("drop");

  function tell(file, kind, mark, words) {
    var line = document.createElement("li");
    var tag = document.createElement("span");
    tag.className = "tag " + kind;
    tag.textContent = mark;
    line.append(tag, " ", file.name, "：", words);
    document.getElementById("checked").prepend(line);
  }
  function sealed(text) {  // 校验.sha256: learn what this page cannot list, hold the rest against it
    var other = [];
    text.split(/\r?\n/).forEach(function (line) {
      var found = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line.replace(/^\ufeff/, "").trim());
      if (!found) { return; }
      var known = listed.get(found[2]);
      if (known === undefined) { listed.set(found[2], found[1].toLowerCase()); }
      if (known !== undefined && known !== found[1].toLowerCase()) { other.push(found[2]); }
    });
    return other;
  }
  function judge(file, hash) {
    var known = listed.get(file.name);
    var same = Array.from(listed.keys()).find(function (name) { return listed.get(name) === hash; });
    if (known === hash) { tell(file, "met", "一致", "与登记的指纹一致"); }
    else if (same) { tell(file, "met", "一致", "内容是登记的“" + same + "”，只是文件名不同"); }
    else if (known) { tell(file, "missed", "不一致", "指纹是 " + hash + "，登记的是 " + known + "：文件在交付后变过"); }
    else { tell(file, "none", "没有登记", "指纹是 " + hash + "，本页没有登记这个文件；本页和 manifest.json 请连同 校验.sha256 一起拖入"); }
  }
  function check(file) {
    return file.arrayBuffer().then(function (content) {
      if (/\.sha256$/.test(file.name)) {
        var other = sealed(new TextDecoder().decode(content));
        if (other.length) { tell(file, "missed", "不一致", "与本页登记的指纹不同：" + other.join("、")); }
        else { tell(file, "met", "一致", "与本页登记的指纹一致，现在也可以核对本页和 manifest.json"); }
        return null;
      }
      return crypto.subtle.digest("SHA-256", content).then(function (hash) {
        judge(file, Array.from(new Uint8Array(hash), function (byte) { return byte.toString(16).padStart(2, "0"); }).join(""));
      });
    }).catch(function () { tell(file, "none", "读不出", "浏览器读不出这个文件（文件夹请打开后选其中的文件）"); });
  }
  function checkAll(files) {
    if (!window.isSecureContext || !window.crypto || !crypto.subtle) {
      document.getElementById("checked").textContent = "这个浏览器在这里不能计算指纹：请把本页存到电脑上，用新版的 Chrome、Edge 或 Firefox 打开；或用 certutil -hashfile 文件名 SHA256。";
      return;
    }
    Array.from(files)
      .sort(function (a, b) { return /\.sha256$/.test(b.name) - /\.sha256$/.test(a.name); })
      .reduce(function (before, file) { return before.then(function () { return check(file); }); }, Promise.resolve());
  }
  if (drop) {
    ["dragover", "drop"].forEach(function (kind) {  // beside the field, too: or the browser opens the file
      document.addEventListener(kind, function (event) {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragover");
        if (kind === "drop") { checkAll(event.dataTransfer.files); }
      });
    });
    document.getElementById("pick").addEventListener("change", function (event) {
      checkAll(event.target.files);
      event.target.value = "";
    });
  }

  openTarget(location.hash);
  filter();
})();
