"""The page in a real Chromium: opened, searched, clicked, printed; hostile names stay text."""

import shutil
from dataclasses import replace

import pytest

from evaluator.render.page import remarks, render_page, write_page
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


def test_the_same_evaluation_is_the_same_page():
    assert render_page(unit()) == render_page(unit())


def test_nothing_on_it_comes_from_a_network():
    import re

    page = render_page(unit())
    assert set(re.findall(r"(?:https?:)?//[\w./-]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_a_score_without_its_spending_stands_out():
    made = unit()
    item = made.evaluations[0]
    low = replace(item, complete=True, total=samples.D(98), budget=replace(item.budget, rate=samples.D(40)))
    high = replace(item, complete=True, total=samples.D(50), budget=replace(item.budget, rate=samples.D(99)))
    even = replace(item, complete=True, total=samples.D(95), budget=replace(item.budget, rate=samples.D(97)))
    assert ["花得少而得分高" in text or "花得多而得分低" in text for text in remarks([low, high, even])] == [
        True,
        True,
    ]


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
def test_a_laptop_needs_no_horizontal_scrolling(opened, width):
    chrome = opened(unit("很长的项目名称" * 20))
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
    box = chrome.find_element("id", "search")
    box.send_keys("河道")
    shown = [node.is_displayed() for node in chrome.find_elements("css selector", "details.project")]
    assert shown == [False, True]
    assert chrome.find_element("id", "said").text == "找到 1 个项目"


@needs_browser
def test_the_keyboard_reaches_a_derivation(opened):
    from selenium.webdriver import ActionChains, Keys

    chrome = opened(unit())
    chrome.execute_script("document.querySelector('details.project > summary').focus()")
    ActionChains(chrome).send_keys(Keys.ENTER).perform()
    assert chrome.find_element("css selector", "details.project").get_attribute("open")
    chrome.execute_script("document.querySelector('details.how > summary').focus()")
    ActionChains(chrome).send_keys(Keys.SPACE).perform()
    assert chrome.find_element("css selector", "details.how li").is_displayed()
    outline = chrome.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


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
