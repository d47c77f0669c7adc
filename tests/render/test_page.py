"""The page in a real Chromium: opened, searched, clicked, printed; hostile names stay text."""

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

import pytest

from evaluator.records.findings import finding
from evaluator.records.source import Place
from evaluator.render.page.chart import Fit, dots_of, outliers, scatter
from evaluator.render.page.missing import missing_answers
from evaluator.render.page.page import detail_units, render_page, write_page
from tests.render import samples

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="Chromium or chromedriver is not installed"
)
HOSTILE = "<script>document.title='hacked'</script>\"'&<img src=x onerror=alert(1)>"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}", "--window-size=1280,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(DRIVER))
    yield chrome
    chrome.quit()


def unit(name="法律服务", **more):
    one = samples.unit("hubei", samples.mixed("hubei"), samples.unfinished("hubei"))
    evaluation = one.evaluations[0]
    renamed = replace(evaluation, project=replace(evaluation.project, name=name))
    return replace(one, **{"evaluations": (renamed,), **more})


@pytest.fixture
def opened(browser, tmp_path):
    def open_page(made):
        write_page(tmp_path / "index.html", made)
        browser.get_log("browser")
        browser.get((tmp_path / "index.html").as_uri())
        return browser

    return open_page


def wait(chrome, condition):
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(chrome, 10).until(lambda _: condition())


def test_the_same_evaluation_is_the_same_page():
    assert render_page(unit()) == render_page(unit())


def test_nothing_on_it_comes_from_a_network():
    page = render_page(unit())
    assert set(re.findall(r"(?:https?:)?//[\w./-]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def executed(total, rate, name="法律服务"):
    """A complete project of this score and this execution."""
    item = unit(name).evaluations[0]
    return replace(
        item, complete=True, total=samples.D(total), budget=replace(item.budget, rate=samples.D(rate))
    )


@pytest.mark.parametrize(
    ("total", "rate", "fit"),
    [
        ("98", "40", Fit.FRUGAL),
        ("95", "80", Fit.FRUGAL),
        ("95", "80.01", Fit.EVEN),
        ("95", "97", Fit.EVEN),
        ("85", "100", Fit.COSTLY),
        ("50", "99", Fit.COSTLY),
    ],
)
def test_score_and_execution_should_go_together(total, rate, fit):
    assert [dot.fit for dot in dots_of([executed(total, rate)])] == [fit]


def test_the_widest_gap_comes_first():
    dots = dots_of([executed("95", "70"), executed("95", "94"), executed("98", "40"), executed("50", "99")])
    assert [dot.number for dot in outliers(dots)] == [3, 4, 1]


def test_what_is_not_complete_is_not_drawn():
    unfinished = replace(executed("60", "90"), complete=False)
    unknown = executed("60", "90")
    assert dots_of([unfinished, replace(unknown, budget=replace(unknown.budget, rate=None))]) == []
    assert scatter([]) == ""


def test_a_hostile_name_is_text_in_the_chart_too():
    svg = scatter(dots_of([executed("98", "40", HOSTILE)]))
    assert "&lt;script&gt;" in svg
    assert "<script" not in svg
    assert "<img" not in svg


def test_its_style_sheet_is_whole():
    css = render_page(unit()).partition("<style>")[2].partition("</style>")[0]
    assert css.count("{") == css.count("}")
    assert not any(mark in css for mark in ("<<<<", "====", ">>>>"))


@needs_browser
def test_it_opens_without_an_error_or_a_request(opened):
    chrome = opened(unit())
    assert chrome.get_log("browser") == []
    sent = [
        e["message"] for e in chrome.get_log("performance") if '"Network.requestWillBeSent"' in e["message"]
    ]
    assert [text for text in sent if '"url":"http' in text] == []


@needs_browser
@pytest.mark.parametrize("width", [1280, 1024])
@pytest.mark.parametrize("name", ["很长的项目名称" * 20, "W" * 300])
def test_a_laptop_needs_no_horizontal_scrolling(opened, width, name):
    chrome = opened(unit(name))
    chrome.set_window_size(width, 900)
    chrome.find_element("id", "open").click()
    wide, seen = chrome.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= seen


@needs_browser
def test_searching_leaves_what_matches(opened):
    made = unit()
    other = replace(
        made.evaluations[0], project=replace(made.evaluations[0].project, key="x", name="河道清淤")
    )
    chrome = opened(replace(made, evaluations=(*made.evaluations, other)))
    chrome.find_element("id", "search").send_keys("河道")
    wait(chrome, lambda: chrome.find_element("id", "said").text.startswith("找到 1 个项目"))
    shown = [node.is_displayed() for node in chrome.find_elements("css selector", "details.project")]
    assert shown == [False, True]


@needs_browser
def test_searching_marks_the_indicators_it_found(opened):
    chrome = opened(unit())
    chrome.find_element("id", "search").send_keys("满意度指标")
    wait(chrome, lambda: chrome.find_element("id", "said").text == "找到 1 个项目、1 个指标")
    hits = chrome.find_elements("css selector", ".indicator.hit th")
    assert [node.text for node in hits] == ["MY-01"]  # visible: its project was opened


@needs_browser
def test_the_table_is_sorted_by_score(opened):
    first, second = executed("91.5", "90", "甲"), executed("100", "99", "乙")
    unscored = replace(samples.untouched("hubei"), findings=())
    chrome = opened(unit(evaluations=(first, unscored, second)))
    head = chrome.find_elements("css selector", "#scores .sort")[6]

    def names():
        return [node.text for node in chrome.find_elements("css selector", "#scores tbody a")]

    head.click()
    assert names() == ["甲", "乙", "未填报项目"]
    head.send_keys("\ue007")  # Enter
    assert names() == ["未填报项目", "乙", "甲"]
    assert chrome.find_elements("css selector", "#scores th")[6].get_attribute("aria-sort") == "descending"


@needs_browser
def test_the_keyboard_alone_reaches_a_derivation(opened):
    from selenium.webdriver import ActionChains, Keys

    chrome = opened(unit())

    def tab_to(selector):
        for _ in range(60):
            ActionChains(chrome).send_keys(Keys.TAB).perform()
            if chrome.execute_script("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"{selector} is out of reach")

    tab_to("details.project > summary")
    ActionChains(chrome).send_keys(Keys.ENTER).perform()
    assert chrome.find_element("css selector", "details.project").get_attribute("open")
    tab_to("details.how > summary")
    ActionChains(chrome).send_keys(Keys.SPACE).perform()
    assert chrome.find_element("css selector", "details.how li").is_displayed()
    outline = chrome.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@needs_browser
def test_a_link_opens_its_project_each_time(opened):
    chrome = opened(unit())
    link = chrome.find_element("css selector", "#scores tbody a")
    for _ in range(2):
        chrome.execute_script("arguments[0].click()", link)
        project = chrome.find_element("id", "p1")
        assert project.get_attribute("open")
        chrome.execute_script("arguments[0].open = false", project)


@needs_browser
def test_an_unscored_indicator_says_why_where_it_stands(opened):
    item = samples.unfinished("hubei")
    why = finding("grade-unknown", samples.BOOK, indicator="CC-01", typed="完成")
    chrome = opened(samples.unit("hubei", replace(item, findings=(*item.findings, why))))
    chrome.find_element("id", "open").click()
    rows = {
        row.find_element("tag name", "th").text: row.text
        for row in chrome.find_elements("css selector", "tbody.indicator")
    }
    assert "未计分" in rows["CC-01"]
    assert "错误" in rows["CC-01"]
    assert "2 个指标没有计分" in chrome.find_element("id", "p1").text


@needs_browser
def test_screen_readers_find_their_way(opened):
    chrome = opened(unit())
    assert chrome.find_element("tag name", "html").get_attribute("lang") == "zh-CN"
    levels = [int(node.tag_name[1]) for node in chrome.find_elements("css selector", "h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert chrome.find_elements("css selector", "th:not([scope])") == []
    assert chrome.find_elements("css selector", "table:not(:has(caption))") == []


@needs_browser
def test_findings_are_filtered_by_severity(opened):
    chrome = opened(unit())
    boxes = chrome.find_elements("name", "severity")
    assert [box.is_selected() for box in boxes] == [True, True, False]
    for box in boxes:
        if box.is_selected():
            box.click()
    rows = chrome.find_elements("css selector", "#findings tbody tr")
    assert not any(row.is_displayed() for row in rows)


@needs_browser
@pytest.mark.parametrize("width", [390, 360])
def test_a_telephone_shows_whole_numbers_and_nothing_over_a_name(opened, width):
    chrome = opened(unit(evaluations=(samples.mixed("hubei", sample=True), samples.edges("hubei"))))
    chrome.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        chrome.find_element("id", "open").click()
        wide, seen, high, covered = chrome.execute_script(
            """
            var numbers = Array.from(document.querySelectorAll("td.n")).filter(node => node.offsetParent);
            function over(a, b) {
              return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
            }
            var tags = Array.from(document.querySelectorAll("td.mark .tag")).filter(node => node.offsetParent);
            var hit = tags.filter(tag => Array.from(tag.closest("tr").querySelectorAll("th, th + td")).some(
              cell => over(cell.getBoundingClientRect(), tag.getBoundingClientRect()) &&
                Array.from(cell.getClientRects()).some(box => over(box, tag.getBoundingClientRect()))));
            return [document.documentElement.scrollWidth, document.documentElement.clientWidth,
                    Math.max(...numbers.map(node => node.getBoundingClientRect().height)), hit.length];
            """
        )
        assert wide <= seen
        assert high < 40  # one line
        assert covered == 0
    finally:
        chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def choose(chrome, box, text):
    from selenium.webdriver.support.ui import Select

    Select(chrome.find_element("id", box)).select_by_visible_text(text)


def shown(chrome, selector):
    return [node.is_displayed() for node in chrome.find_elements("css selector", selector)]


@needs_browser
def test_projects_are_filtered_by_rating(opened):
    chrome = opened(unit(evaluations=(executed("95", "90", "甲"), samples.unfinished("hubei"))))
    rating = executed("95", "90").rating
    choose(chrome, "rating", rating)
    assert shown(chrome, "details.project") == [True, False]
    assert shown(chrome, "#scores tbody tr") == [True, False]
    choose(chrome, "rating", "不评级")
    assert shown(chrome, "details.project") == [False, True]
    choose(chrome, "rating", "全部")
    assert shown(chrome, "details.project") == [True, True]


@needs_browser
def test_only_what_missed_its_target_is_shown(opened):
    made = unit()
    chrome = opened(made)
    choose(chrome, "state", "未达标")
    missed = [s.indicator.code for s in made.evaluations[0].scores if s.score is not None and not s.met]
    rows = chrome.find_elements("css selector", "tbody.indicator th")
    assert [node.text for node in rows if node.is_displayed()] == missed  # visible: its project was opened
    assert chrome.find_element("id", "said").text == f"找到 1 个项目、{len(missed)} 个指标"


def test_every_delivered_file_has_its_link():
    made = unit()
    names = ["p-自评表.xlsx", "p-系统导入表.xlsx", "p-自评报告.docx", "自评报告.docx", "自评结果汇总表.xlsx", "待改清单.xlsx",
             "evaluation.json", "别的 100%.txt"]  # fmt: skip
    page = render_page(made, dict.fromkeys(names, "0" * 64))
    links = {unquote(link) for link in re.findall(r'href="([^"#][^":]*)"', page)}
    assert links == {*names, "manifest.json", "校验.sha256"}
    assert "交付文件" not in render_page(made)


def lacking(**more):
    item = samples.mixed("hubei")
    coded = {"project": "p", "indicator": "CC-01"}
    found = (
        finding(
            "actual-blank",
            Place("actuals/2026/p.xlsx", "实际完成值", "G8"),
            **coded,
            name="受理案件数量",
            target="≤20件",
        ),
        finding(
            "goal-result-missing", Place("actuals/2026/p.xlsx", "基本情况", "C24"), project="p", number=1
        ),
        finding("number-as-text", samples.BOOK, **coded, typed="1"),
    )
    return replace(item, findings=found, **more)


def test_what_is_not_filled_in_is_shown_by_department():
    item = lacking()
    rows = [
        replace(one, extras={"责任科室": "法规科"}) if one.code == "CC-01" else one
        for one in item.project.indicators
    ]
    made = replace(item, project=replace(item.project, indicators=tuple(rows)))
    found = missing_answers(samples.unit("hubei", made))
    assert [(one["department"], [cell["where"] for cell in one["cells"]]) for one in found] == [
        ("法规科", ["实际完成值!G8"]),
        ("鄂州市社会保险中心", ["基本情况!C24"]),
    ]
    page = render_page(samples.unit("hubei", made))
    assert "还没有填的" in page
    assert "CC-01 受理案件数量" in page


def test_where_nothing_is_lacking_there_is_no_such_table():
    assert "还没有填的" not in render_page(
        samples.unit("hubei", replace(samples.mixed("hubei"), findings=()))
    )


@needs_browser
def test_hostile_names_stay_text(opened):
    chrome = opened(unit(HOSTILE))
    assert chrome.title.startswith("2026年度")
    assert HOSTILE in chrome.find_element("css selector", "details.project h3").get_attribute("textContent")
    assert chrome.find_elements("tag name", "img") == []
    assert chrome.get_log("browser") == []


@needs_browser
def test_it_prints_every_derivation(opened, tmp_path):
    import base64

    chrome = opened(unit())
    chrome.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert all(node.get_attribute("open") for node in chrome.find_elements("tag name", "details"))
    content = chrome.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    assert base64.b64decode(content).startswith(b"%PDF")
    chrome.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert not any(node.get_attribute("open") for node in chrome.find_elements("tag name", "details"))


FILES = {"自评报告.docx": b"report", "法律服务-自评表.xlsx": b"sheet"}


def checked(chrome, *files):
    """What the page says of files dropped on it (name, content), in the order in which it looked at them."""
    drop = """
        const dropped = new DataTransfer();
        for (const [name, text] of arguments[0]) { dropped.items.add(new File([text], name)); }
        document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
    """
    chrome.execute_script(drop, [[name, content] for name, content in files])
    wait(chrome, lambda: len(chrome.find_elements("css selector", "#checked li")) == len(files))
    return [node.text for node in reversed(chrome.find_elements("css selector", "#checked li"))]


@pytest.fixture
def listing(browser, tmp_path):
    """The page with the fingerprints of two files, opened from the disk as from a USB stick."""
    import hashlib

    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    write_page(tmp_path / "index.html", unit(), hashes)
    browser.get((tmp_path / "index.html").as_uri())
    return browser


@needs_browser
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("自评报告.docx", "report", "一致 自评报告.docx：与登记的指纹一致"),
        ("自评报告.docx", "report!", "不一致 自评报告.docx：指纹是 "),
        ("自评报告 (1).docx", "report", "一致 自评报告 (1).docx：内容是登记的“自评报告.docx”"),
        ("别的.docx", "x", "没有登记 别的.docx：指纹是 2d711642b726b04401627ca9fbac32f5"),
    ],
)
def test_a_dropped_file_is_held_against_its_fingerprint(listing, name, content, said):
    assert checked(listing, (name, content))[0].startswith(said)


@needs_browser
def test_with_the_seals_the_page_itself_can_be_checked(listing):
    import hashlib

    page = "<html>"
    rows = [(hashlib.sha256(page.encode()).hexdigest(), "index.html"), ("0" * 64, "自评报告.docx")]
    honest = f"{rows[0][0]}  index.html\n"
    assert [line[:3] for line in checked(listing, ("index.html", page), ("校验.sha256", honest))] == [
        "一致 ",
        "一致 ",
    ]
    listing.refresh()
    forged = "".join(f"{sha256}  {name}\n" for sha256, name in rows)
    assert "与本页登记的指纹不同：自评报告.docx" in checked(listing, ("校验.sha256", forged))[0]


@needs_browser
def test_where_a_browser_cannot_compute_it_says_so(listing):
    listing.execute_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    listing.find_element("id", "pick").send_keys(__file__)
    wait(listing, lambda: "不能计算指纹" in listing.find_element("id", "checked").text)


def test_without_fingerprints_there_is_no_check():
    assert 'id="drop"' not in render_page(unit())


def test_five_statements_about_the_data_of_each_project():
    page = render_page(unit())
    assert [f"<dt>{word}</dt>" in page for word in ("来源", "完整性", "检查", "更正", "局限")] == [True] * 5


def test_a_large_unit_has_a_page_a_project(monkeypatch, tmp_path):
    monkeypatch.setattr("evaluator.render.page.page.MANY", 1)
    one = unit().evaluations[0]
    other = replace(one, project=replace(one.project, key="q", name="宣传培训"))
    many = unit(evaluations=(one, other))
    text = render_page(many)
    assert one.scores[0].indicator.name not in text
    assert "p-%E6%98%8E%E7%BB%86.html" in text
    details = dict(detail_units(many))
    assert list(details) == ["p-明细.html", "q-明细.html"]
    assert one.scores[0].indicator.name in render_page(details["p-明细.html"])


def test_long_lists_on_the_page_are_cut_and_say_so(monkeypatch):
    monkeypatch.setattr("evaluator.render.page.page._MOST_ROWS", 1)
    found = tuple(finding("disk-full", Place(name)) for name in "abc")
    text = render_page(unit(findings=found))
    assert re.search(r"另有 \d+ 条没有列出，见 <a href=\"[^\"]+\">待改清单.xlsx", text)
