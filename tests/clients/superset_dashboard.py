"""Opens the imported dashboard of Superset in Chromium, waits for its charts and keeps a picture."""

import shutil
import sys

from playwright.sync_api import expect, sync_playwright

API, USER, PASSWORD, PICTURE, *CHARTS = sys.argv[1:]
WAIT_MS = 180_000
ERRORS = ".ant-alert-error, [data-test=error-alert]"

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1500, "height": 2400})
    page.set_default_timeout(WAIT_MS)
    address = API.removesuffix("/api/v1")
    page.goto(f"{address}/login/")
    page.locator("input[type=text]").first.fill(USER)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"{address}/superset/dashboard/costlake/")
    for chart in CHARTS:
        expect(page.get_by_text(chart, exact=True).first).to_be_visible(timeout=WAIT_MS)
    charts = page.locator(".dashboard-chart")
    try:
        expect(charts).to_have_count(len(CHARTS), timeout=WAIT_MS)
        for chart in charts.all():
            expect(chart.locator("canvas, table").first).to_be_visible(timeout=WAIT_MS)
        errors = page.locator(ERRORS).all_inner_texts()
        assert not errors, errors
    finally:
        page.screenshot(path=PICTURE, full_page=True)
    browser.close()
print(f"The dashboard of Superset shows {len(CHARTS)} charts: {PICTURE}")
