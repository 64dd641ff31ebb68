"""Box: a part of a page or a picture, in shares of its width and height, so that it fits any size of the picture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """From the left and the top, 0 to 1, on the page with this number (the first is 0)."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, width: int, height: int, grid: int = 1) -> tuple[int, int, int, int]:
        """The box in pixels, widened to the grid and kept inside the picture; right and bottom are not in it."""
        left, top = int(self.left * width) // grid * grid, int(self.top * height) // grid * grid
        right, bottom = -(-int(self.right * width + 1) // grid) * grid, -(-int(self.bottom * height + 1) // grid) * grid
        return max(0, left), max(0, top), min(width, right), min(height, bottom)

    def is_sound(self) -> bool:
        """It has a size and lies on the page."""
        return 0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1
