"""Random files, random redactions: of the redacted words no letter is left, by any reader.

HAVEN_REDACTED_FILES sets how many files (300 for the figure in the decision record); fewer run with every test.
"""

import io
import os
import random
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from haven.lib.redacting.inside import layers_of
from haven.lib.redacting.making import make_copy
from haven.lib.redacting.pages import page_texts
from haven.lib.redacting.spelling import fold
from haven.lib.redacting.tests.files import MAKERS, a_secret, some_words

FILES = int(os.environ.get("HAVEN_REDACTED_FILES", "15"))
SEED = 20261125


def letters_left(pdf: bytes, secret: str) -> int:
    """How many letters of the secret any reader finds: a plain search, none of the product's own finding.

    Six letters and more are looked for anywhere, spaces and signs left out; fewer as a word of their own, for other
    words may hold them.
    """
    key = fold(secret)
    key = key.lstrip("0") if key.isdigit() else key
    reader = PdfReader(io.BytesIO(pdf))
    read = [*page_texts(pdf), *(page.extract_text() for page in reader.pages), str(reader.metadata)]
    read += [str(reader.xmp_metadata.dc_title)] if reader.xmp_metadata else []
    read += [text for _, text in layers_of(pdf)]
    return sum(times(text, key) for text in read) * len(key)


def times(text: str, key: str) -> int:
    if len(key) >= 6:
        return fold(text).count(key)
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return len(re.findall(rf"(?<![^\W_]){key}(?:'?s)?(?![^\W_])", plain, re.IGNORECASE))


@seed(SEED)
@settings(
    max_examples=FILES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(sorted(MAKERS)), st.randoms(use_true_random=False))
def test_nothing_of_the_redacted_words_is_left_in_any_file(kind: str, chance: random.Random) -> None:
    secrets = [a_secret(chance) for _ in range(chance.randint(1, 4))]
    content = MAKERS[kind](some_words(chance, secrets), secrets[0])

    made = make_copy(content, kind, terms=secrets)

    assert made.findings == ()
    left = [letters_left(pdf, secret) for pdf in (made.content, made.text_pdf) if pdf for secret in secrets]
    assert sum(left) == 0


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_what_was_not_redacted_is_still_there(kind: str) -> None:
    chance = random.Random(7)
    made = make_copy(MAKERS[kind](some_words(chance, ["Whitlock"]), "Whitlock"), kind, terms=["Whitlock"])

    kept = " ".join(page_texts(made.text_pdf or made.content))
    assert len(fold(kept)) > 100
    assert "[redacted]" in kept.replace("\r\n", "")
