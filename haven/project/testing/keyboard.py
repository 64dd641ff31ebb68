"""Hands that have no mouse: everything is reached with Tab and the arrows, as somebody reaches it who cannot point."""

from playwright.sync_api import Locator, Page

FURTHEST = 160
"""Presses of Tab before it counts as out of reach; the longest page has a hundred places to stop at."""

IS_HERE = "element => element === document.activeElement"
IS_OF_GROUP = "element => document.activeElement?.type === 'radio' && document.activeElement.name === element.name"
IS_SEEN = """element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 0 && box.height > 0 && style.visibility !== 'hidden';
}"""


class OutOfReach(AssertionError):
    """Tab never comes to it."""


class Keyboard:
    """A page worked with the keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: Locator, until: str = IS_HERE) -> None:
        """Press Tab until the focus is there; it must be something that can be seen."""
        for _ in range(FURTHEST):
            if wanted.evaluate(until):
                assert wanted.evaluate(IS_SEEN), f"{wanted} has the focus and is not to be seen"
                return
            self.page.keyboard.press("Tab")
        raise OutOfReach(str(wanted))

    def press(self, name: str, role: str = "button") -> None:
        """Press the button, or follow the link, of this name."""
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        self.press(name, "link")

    def choose(self, name: str) -> None:
        """One of several, by Tab to the group and the arrows within it."""
        wanted = self.page.get_by_role("radio", name=name, exact=True).first
        self.reach(wanted, IS_OF_GROUP)
        self.page.keyboard.press("Space")
        for _ in range(20):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise OutOfReach(name)

    def type(self, label: str, words: str) -> None:
        """Into the box of this label."""
        self.reach(self.page.get_by_label(label, exact=True).first)
        self.page.keyboard.type(words)

    def pick(self, label: str, words: str) -> None:
        """From a list that is typed into: the first that is offered."""
        self.type(label, words)
        self.page.get_by_role("option").first.wait_for()
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def day(self, day: str, month: str, year: str) -> None:
        """A day, in its three boxes."""
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            self.type(label, number)
