"""What axe finds on a page that keeps somebody out."""

from playwright.sync_api import Page

from tests.habits.tree import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SEVERE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))].join(" | "));
}"""


def severe(page: Page) -> list[str]:
    """What is serious or critical on the page as it is now, each with where it is."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(SEVERE)
    return found
