"""Whether a text holds another's words as they stood: six in a row, however they are spaced, cased or punctuated."""

import re

IN_A_ROW = 6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)


def stretches(text: str, source: str, in_a_row: int = IN_A_ROW) -> list[tuple[int, int]]:
    """Where in the text words of the source stand in their order, at least so many of them; joined where they touch.

    Of a source with fewer words, all of them; of one without any, nothing.
    """
    wanted = [word.casefold() for word in _WORD.findall(source)]
    size = min(in_a_row, len(wanted))
    if size == 0:
        return []
    runs = {tuple(wanted[n : n + size]) for n in range(len(wanted) - size + 1)}
    found = list(_WORD.finditer(text))
    said = [each[0].casefold() for each in found]
    spans: list[tuple[int, int]] = []
    for n in range(len(said) - size + 1):
        if tuple(said[n : n + size]) in runs:
            start, end = found[n].start(), found[n + size - 1].end()
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return spans
