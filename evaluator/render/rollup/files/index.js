(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 100;
  const number = (text) => (text === "" ? -Infinity : Number(text));
  const unitName = (n) => (n < 0 ? "" : data.units[n][0]);
  const pageOf = (n) => (n < 0 ? "" : data.units[n][2]);

  function link(cell, text, href) {
    if (!href) { cell.textContent = text; return; }
    const a = document.createElement("a");
    a.href = href;
    a.textContent = text;
    cell.appendChild(a);
  }

  /* columns: [title, value of a row, is a number, link of a row] */
  function list(id, rows, columns, words, keep, start) {
    const table = document.getElementById(id), find = document.getElementById(id + "-find");
    const only = document.getElementById(id + "-only"), pages = document.getElementById(id + "-pages");
    let shown = rows, page = 0, by = start[0], down = start[1];
    const head = table.createTHead().insertRow(), body = table.createTBody();
    columns.forEach((column, n) => {
      const th = document.createElement("th"), button = document.createElement("button");
      th.scope = "col";
      if (column[2]) th.className = "n";
      button.textContent = column[0];
      button.addEventListener("click", () => { down = by === n ? !down : Boolean(column[2]); by = n; draw(); });
      th.appendChild(button);
      head.appendChild(th);
    });
    function select() {
      const text = find.value.trim().toLowerCase(), choice = only ? only.value : "";
      shown = rows.filter((row) => (!text || words(row).toLowerCase().includes(text)) && (!choice || keep(row, choice)));
      page = 0;
      draw();
    }
    function draw() {
      const column = columns[by], sign = down ? -1 : 1;
      shown = [...shown].sort((a, b) => {
        const x = column[2] ? number(column[1](a)) : column[1](a), y = column[2] ? number(column[1](b)) : column[1](b);
        return x < y ? -sign : x > y ? sign : 0;
      });
      [...head.cells].forEach((th, n) => th.setAttribute("aria-sort", n !== by ? "none" : down ? "descending" : "ascending"));
      body.replaceChildren(...shown.slice(page * PAGE, page * PAGE + PAGE).map((row) => {
        const tr = document.createElement("tr");
        for (const [, value, numeric, href] of columns) {
          const td = tr.insertCell();
          td.className = numeric ? "n" : "t";
          link(td, String(value(row)), href ? href(row) : "");
        }
        return tr;
      }));
      document.getElementById(id + "-count").textContent = `共 ${shown.length} 条`;
      const last = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
      const step = (text, to, off) => {
        const button = document.createElement("button");
        button.textContent = text;
        button.disabled = off;
        button.addEventListener("click", () => { page = to; draw(); });
        return button;
      };
      const where = document.createElement("span");
      where.textContent = `第 ${page + 1} 页，共 ${last + 1} 页`;
      pages.replaceChildren(...(last ? [step("上一页", page - 1, page === 0), where, step("下一页", page + 1, page === last)] : []));
    }
    find.addEventListener("input", select);
    if (only) only.addEventListener("change", select);
    draw();
  }

  list("units", data.units, [
    ["单位", (u) => u[0], false, (u) => u[2]], ["文件夹", (u) => u[1]], ["规则", (u) => u[3]],
    ["项目", (u) => u[4], true], ["全部计分", (u) => u[5], true], ["预算（万元）", (u) => u[6], true],
    ["执行率%", (u) => u[7], true], ["加权得分", (u) => u[8], true], ["错误", (u) => u[9], true],
    ["待办", (u) => u[10], true], ["没有结果的原因", (u) => u[11]],
  ], (u) => u[0] + u[1], (u, choice) => choice === "problem" ? u[11] !== "" : choice === "due" ? u[10] > 0 : u[9] > 0, [0, false]);

  list("projects", data.projects, [
    ["项目", (p) => p[1], false, (p) => pageOf(p[0]).replace(/[^/]*$/, "") && pageOf(p[0]).replace(/[^/]*$/, "") + p[8]],
    ["单位", (p) => unitName(p[0]), false, (p) => pageOf(p[0])],
    ["预算（万元）", (p) => p[2], true], ["执行率%", (p) => p[3], true], ["得分", (p) => p[4], true],
    ["等级", (p) => p[5]], ["未计分", (p) => p[6], true], ["错误", (p) => p[7], true],
  ], (p) => p[1] + unitName(p[0]), (p, choice) => choice === "errors" ? p[7] > 0 : p[5] === choice, [4, true]);

  list("due", data.due, [
    ["单位", (d) => unitName(d[0]), false, (d) => pageOf(d[0])], ["项目", (d) => d[1] || "（全单位）"], ["待办", (d) => d[2]],
  ], (d) => unitName(d[0]) + d[1] + d[2], null, [0, false]);

  const canvas = document.getElementById("chart"), said = document.getElementById("said"), rest = said.textContent;
  const dots = data.projects.filter((p) => p[3] !== "" && p[5] !== "不完整");
  let placed = [];
  function chart() {
    const width = canvas.clientWidth, height = canvas.clientHeight, ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.font = "12px sans-serif";
    const left = 40, right = 14, top = 12, bottom = 34;
    const x = (rate) => left + (width - left - right) * Math.min(120, Math.max(0, rate)) / 120;
    const y = (score) => top + (height - top - bottom) * (1 - Math.min(100, Math.max(0, score)) / 100);
    pen.strokeStyle = "#d5dce3";
    pen.fillStyle = "#52606d";
    for (let n = 0; n <= 120; n += 20) {
      pen.beginPath(); pen.moveTo(x(n), top); pen.lineTo(x(n), height - bottom); pen.stroke();
      pen.textAlign = "center"; pen.fillText(n + "%", x(n), height - bottom + 15);
    }
    for (let n = 0; n <= 100; n += 20) {
      pen.beginPath(); pen.moveTo(left, y(n)); pen.lineTo(width - right, y(n)); pen.stroke();
      pen.textAlign = "right"; pen.fillText(n, left - 6, y(n) + 4);
    }
    pen.textAlign = "center";
    pen.fillText("预算执行率（超过120%的画在120%处）", (left + width - right) / 2, height - 4);
    pen.fillStyle = dots.length > 500 ? "rgba(29,91,143,.25)" : "rgba(29,91,143,.7)";
    placed = dots.map((p) => [x(Number(p[3])), y(Number(p[4])), p]);
    for (const [a, b] of placed) { pen.beginPath(); pen.arc(a, b, 4, 0, 7); pen.fill(); }
  }
  canvas.addEventListener("mousemove", (event) => {
    let best = null, near = 100;
    for (const dot of placed) {
      const far = (dot[0] - event.offsetX) ** 2 + (dot[1] - event.offsetY) ** 2;
      if (far < near) { near = far; best = dot[2]; }
    }
    said.textContent = best ? `${unitName(best[0])}　${best[1]}：执行率 ${best[3]}%，得分 ${best[4]}（${best[5]}）` : rest;
  });
  window.addEventListener("resize", chart);
  chart();
})();
