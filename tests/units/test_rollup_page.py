"""The roll-up's page in a real Chromium: a hundred rows at a time, sorted, searched, filtered, linked."""

from decimal import Decimal

import pytest

from evaluator.records.rollup import Due, ProjectLine, Rollup, UnitLine
from evaluator.render.rollup.page import write_rollup_page
from evaluator.scoring.rollup import roll_up
from tests.render.test_page import browser, needs_browser

__all__ = ["browser"]  # the fixture


def line(unit: str, number: int) -> ProjectLine:
    score, rate = Decimal(number % 101), Decimal(number * 7 % 130)
    grade = "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"
    return ProjectLine(
        unit, f"p{number}", f"项目{number:05d}", score, True, grade, Decimal(100), rate, rate, 7, 5, 0,
        number % 3 == 0, 1, f"p{number}-自评表.xlsx",
    )  # fmt: skip


def rollup(count: int, size: int = 20) -> Rollup:
    units = [
        UnitLine(f"局/单位{n:03d}", f"单位{n:03d}", rules="hubei", projects=tuple(line(f"局/单位{n:03d}", n * size + k) for k in range(size)))
        for n in range(count // size)
    ]  # fmt: skip
    units.append(UnitLine("局/没交", "没交", problem="没有批复表"))
    return roll_up(2026, units, [Due("局/没交", "没交", "", "no-result", "没有结果")], [])


@pytest.fixture
def page(browser, tmp_path):
    write_rollup_page(tmp_path / "index.html", rollup(240))
    browser.get_log("browser")
    browser.get((tmp_path / "index.html").as_uri())
    return browser


def texts(page, table: str, column: int) -> list[str]:
    return [
        cell.text for cell in page.find_elements("css selector", f"#{table} tbody td:nth-child({column})")
    ]


@needs_browser
def test_projects_are_drawn_a_hundred_at_a_time_best_first(page):
    scores = [float(text) for text in texts(page, "projects", 5)]
    assert len(scores) == 100
    assert scores == sorted(scores, reverse=True)
    page.find_element("xpath", "//div[@id='projects-pages']//button[text()='下一页']").click()
    assert float(texts(page, "projects", 5)[0]) <= scores[-1]
    assert "第 2 页，共 3 页" in page.find_element("id", "projects-pages").text
    assert [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"] == []


@needs_browser
def test_rows_are_searched_filtered_and_sorted(page):
    page.find_element("id", "projects-find").send_keys("项目00007")
    assert texts(page, "projects", 1) == ["项目00007"]
    page.find_element("id", "projects-find").clear()
    page.find_element("id", "units-only").send_keys("没有结果")
    assert texts(page, "units", 1) == ["没交"]
    page.find_element("xpath", "//table[@id='projects']//button[text()='项目']").click()
    page.find_element("id", "projects-find").send_keys("单位001")
    assert texts(page, "projects", 1)[0] == "项目00020"


@needs_browser
def test_links_lead_into_the_units(page):
    links = [a.get_attribute("href") for a in page.find_elements("css selector", "#units tbody a")]
    assert len(links) == 12
    assert all("/reports/2026/index.html" in link for link in links)
    sheet = page.find_element("css selector", "#projects tbody a").get_attribute("href")
    assert sheet.endswith(".xlsx")
