"""Opens the site of a month as a person would: with a mouse, with a keyboard, on a phone."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

LAYOUT = (Path(__file__).parent / "layout.js").read_text()
WIDTHS = (390, 768, 1440)
SCHEMES = ("light", "dark")
# Screens of a phone that the statement of the company may fill.
PHONE_SCREENS_MAX = 15
PHONE = {"width": 390, "height": 844}
UNFOLD = "() => document.querySelectorAll('details.fold').forEach(fold => { fold.open = true; })"
# Cost centres and the company show their teams.
GROUPS = ("centre.", "company.")
# The team that can act on an advice may be another one than that of the page.
WHO = re.compile(r'<td class="who">[^<]*</td>')
AXE = {(390, "dark"), (1440, "light")}


def column(page: Page, table: str, number: int) -> list[str]:
    cells = page.locator(f"{table} >> nth=0").locator(
        f"tbody tr:not(.total):not(.rest):visible td:nth-child({number})"
    )
    return [text.strip() for text in cells.all_inner_texts()]


def number(text: str) -> float:
    return float(text.replace(",", "").replace("\u2212", "-"))


def sorts_and_searches(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    head = page.locator("table.teams").get_by_role("button", name="total")
    head.click()
    rising = [number(text) for text in column(page, "table.teams", 3)]
    assert len(rising) > 3 and rising == sorted(rising), rising
    head.focus()
    page.keyboard.press("Enter")
    assert [number(text) for text in column(page, "table.teams", 3)] == rising[::-1]
    assert page.locator("th[aria-sort=descending]").inner_text() == "total"
    last = page.locator("table.teams tbody tr").last
    assert last.inner_text().startswith("All teams"), "the sum stays last"
    page.get_by_role("link", name="Search & Ranking").click()
    page.wait_for_url("**/search/index.html")
    assert page.locator("h1").first.inner_text() == "Search & Ranking"
    box = page.get_by_role("searchbox").first
    shown = box.locator("xpath=following::table[1]//tbody/tr[not(@hidden)]")
    before = shown.count()
    box.fill("no such thing")
    assert shown.count() < before, "what does not match is hidden"
    assert page.get_by_role("status").first.inner_text().startswith("0 / ")


def is_short_on_a_phone_and_opens_what_is_searched(browser: Browser, file: Path) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(file.as_uri())
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= PHONE_SCREENS_MAX * PHONE["height"], f"{file}: {height / PHONE['height']} screens"
    box = page.get_by_role("searchbox").first
    table = box.locator("xpath=following::table[1]")
    assert not table.is_visible(), "a long table is folded"
    box.fill("e")
    assert table.is_visible(), "a search opens it"


def is_shown_without_a_script_and_on_paper(browser: Browser, file: Path) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(file.as_uri())
    fold = page.locator("details.fold").first
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()
    page.emulate_media(media="print")
    hidden = page.locator("details.fold table").all()
    assert hidden and all(table.is_visible() for table in hidden)


def leads_from_a_line_to_delivered_rows(page: Page, site: Path) -> None:
    page.goto((site / "search" / "index.html").as_uri())
    line = page.get_by_role("link", name="Where line b-01 comes from")
    line.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/explain.html#*")
    opened = page.locator("section:has(details[open])")
    assert opened.count() == 1 and opened.locator("h2").inner_text().startswith("b-01")
    while opened.locator("details:not([open]) > summary:visible").count():
        opened.locator("details:not([open]) > summary:visible").first.click()
    assert "as delivered: line_item_" in opened.inner_text()


def every_line_has_an_origin(page: Page, team: Path) -> int:
    """Returns the number of lines."""
    page.goto((team / "index.html").as_uri())
    lines = page.locator("tr[id]:has(td.id)").evaluate_all("rows => rows.map(row => row.id)")
    page.goto((team / "explain.html").as_uri())
    origins = page.locator("section.origin").evaluate_all("all => all.map(one => one.id)")
    assert lines and not set(lines) - set(origins), set(lines) - set(origins)
    return len(lines)


def has_pages_or_leads_to_its_only_team(page: Page, receiver: Path, lines: int) -> None:
    """A cost centre of one team has one page, and the statement of the team has the others."""
    page.goto((receiver / "index.html").as_uri())
    if receiver.name.startswith("centre.") and page.locator("div.page").count() == 1:
        page.locator("p.lede a").click()
        page.wait_for_url(re.compile(r"/[a-z]+/index\.html$"))
        assert page.locator("div.page").count() > 1, page.url
    else:
        assert lines > 10, f"{receiver}: {lines} lines"


def stands_alone(team: Path, others: list[str]) -> None:
    for file in team.iterdir():
        text = WHO.sub("", file.read_text())
        assert not [name for name in others if f">{name}<" in text], file


def sorts_by_the_value_behind_a_text(page: Page, site: Path) -> None:
    """A change that names the earlier value ("from 135") sorts by its percentage."""
    page.goto((site / "index.html").as_uri())
    cells = page.locator("table.teams tbody tr:not(.total) td:nth-child(4)")
    cells.first.evaluate("cell => { cell.innerHTML = '<data value=\"1654.3\">from 135</data>'; }")
    head = page.locator("table.teams").get_by_role("button", name="vs ")
    head.click()
    assert cells.last.inner_text() == "from 135", cells.all_inner_texts()
    head.click()
    assert cells.first.inner_text() == "from 135", cells.all_inner_texts()


def is_drawn_well(page: Page, file: Path, shots: Path) -> None:
    """Looks at a page at all widths, in light and dark, and keeps a picture of each."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(file.as_uri())
            place = f"{file.parent.name}/{file.stem}, {width} px, {scheme}"
            problems = page.evaluate(LAYOUT)
            assert not problems, f"{place}: {problems[:5]}"
            page.evaluate(UNFOLD)
            problems = page.evaluate(LAYOUT)
            assert not problems, f"{place}, unfolded: {problems[:5]}"
            page.reload()
            shots.mkdir(parents=True, exist_ok=True)
            name = f"{file.parent.name}-{file.stem}-{width}-{scheme}.png"
            page.screenshot(path=shots / name, full_page=file.stem != "explain")
            if (width, scheme) in AXE:
                found = Axe().run(page).response["violations"]
                serious = [v for v in found if v["impact"] in ("serious", "critical")]
                assert not serious, (place, [(v["id"], v["nodes"][0]["html"]) for v in serious])


def main(site: Path, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        complaints: list[str] = []
        requests: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        sorts_and_searches(page, site)
        sorts_by_the_value_behind_a_text(page, site)
        is_short_on_a_phone_and_opens_what_is_searched(browser, site / "company.all" / "index.html")
        is_shown_without_a_script_and_on_paper(browser, site / "company.all" / "index.html")
        leads_from_a_line_to_delivered_rows(page, site)
        receivers = sorted(file.parent for file in site.glob("*/explain.html"))
        names = {}
        for receiver in receivers:
            lines = every_line_has_an_origin(page, receiver)
            has_pages_or_leads_to_its_only_team(page, receiver, lines)
            page.goto((receiver / "index.html").as_uri())
            names[receiver] = page.locator("h1").first.inner_text()
        teams = [receiver for receiver in receivers if not receiver.name.startswith(GROUPS)]
        for team in teams:
            stands_alone(team, [name for other, name in names.items() if other != team])
        pages = [site / "index.html", *site.glob("company.all/[di]*.html"), *site.glob("search/*.html")]
        for file in pages:
            is_drawn_well(page, file, site.parent / "screens")
        browser.close()
        assert not complaints, complaints
        assert all(url.startswith("file://") for url in requests), requests
        print(f"{len(list(site.rglob('*.html')))} pages, {len(receivers)} receivers: sorted, searched, explained; axe finds nothing serious")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
