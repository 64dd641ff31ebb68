"""Template: the wording of a letter, a file `<code>.<language>.md` with front matter. Pure; read once at start."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_FILE = re.compile(r"^---\n(?P<matter>.*?)\n---\n(?P<text>.*)$", re.DOTALL)

NEUTRAL = frozenset({"reference", "authority"})
"""All that a subject line may be filled with: it is read on a locked screen and over a shoulder (TR-41, PR-22)."""


class BadTemplate(ValueError):
    """A template file is wrong; the program does not start with it."""


@dataclass(frozen=True)
class Template:
    """The wording of one letter: its version and language, for whom, at what level of feedback (PR-21), its subject.

    `placeholders` are the names written `{{ name }}` in the text and the subject, each of them declared.
    """

    code: str
    version: int
    language: str
    level: str
    recipient: str
    subject: str
    text: str
    placeholders: frozenset[str]


TEMPLATES: dict[tuple[str, str, int], Template] = {}


def load_letters(folder: Path) -> list[Template]:
    """Make known every letter in the folder; called by a pathway, once. Refuses a wrong file (BadTemplate)."""
    loaded = [read_template(path) for path in sorted(folder.glob("*.md"))]
    for template in loaded:
        key = (template.code, template.language, template.version)
        if TEMPLATES.setdefault(key, template) != template:
            raise BadTemplate(f"letter {template.code} version {template.version} exists twice with different words")
    return loaded


def letter_template(code: str, language: str = "en", version: int | None = None) -> Template:
    """The letter of that code: its newest version unless one is asked for; English where the language has none."""
    versions = [v for (name, spoken, v) in TEMPLATES if (name, spoken) == (code, language)]
    if not versions and language != "en":
        return letter_template(code, version=version)
    if not versions:
        raise BadTemplate(f"there is no letter {code!r}")
    return TEMPLATES[code, language, max(versions) if version is None else version]


def read_template(path: Path) -> Template:
    """The template in a file named `<code>.<language>.md` (or `<code>.<version>.<language>.md` for an old version)."""
    found = _FILE.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise BadTemplate(f"{path.name}: begin with front matter between two lines of ---")
    code, *_, language, _ = path.name.split(".")
    matter = yaml.safe_load(found["matter"])
    try:
        template = Template(
            code=matter["code"],
            version=int(matter["version"]),
            language=language,
            level=matter["level"],
            recipient=matter["recipient"],
            subject=matter["subject"],
            text=found["text"].strip() + "\n",
            placeholders=frozenset(matter.get("placeholders") or ()),
        )
    except (KeyError, TypeError) as error:
        raise BadTemplate(f"{path.name}: the front matter lacks {error}") from error
    return _checked(template, code, path.name)


def _checked(template: Template, code: str, file: str) -> Template:
    in_subject = set(PLACEHOLDER.findall(template.subject))
    used = in_subject | set(PLACEHOLDER.findall(template.text))
    if template.code != code:
        raise BadTemplate(f"{file}: its code is {template.code!r}")
    if used != template.placeholders:
        raise BadTemplate(f"{file}: declared and used differ: {sorted(used ^ template.placeholders)}")
    if not in_subject <= NEUTRAL:
        raise BadTemplate(f"{file}: a subject may only say {sorted(NEUTRAL)}")
    return template
