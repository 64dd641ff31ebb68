"""Build the third-party CSS and JavaScript into static_built/: `python -m haven.design.build`.

A council may use GOV.UK's components, but not its typeface, the crown or the crest (the licence of "GDS Transport" and
the Royal Arms rules), so those are dropped here. Nothing that this writes is committed.
"""

import argparse
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE / "static_built"
NODE_MODULES = HERE.parents[1] / "node_modules"
FONT = '"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif'

STYLESHEETS = {
    "govuk-frontend.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "moj-frontend.css": "@ministryofjustice/frontend/moj/moj-frontend.min.css",
    "accessible-autocomplete.css": "accessible-autocomplete/dist/accessible-autocomplete.min.css",
}
SCRIPTS = {
    "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "accessible-autocomplete.js": "accessible-autocomplete/dist/accessible-autocomplete.min.js",
}
ICONS = "@ministryofjustice/frontend/moj/assets/images"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
GDS_TRANSPORT = re.compile(r"""["']?GDS Transport["']?\s*,\s*arial\s*,\s*sans-serif""", re.IGNORECASE)
ROYAL_ARMS = re.compile(r"[a-z-]+:url\([^)]*(?:crest|crown|logotype)[^)]*\)(?=[;}])[;]?", re.IGNORECASE)
ICON_PATH = re.compile(r"url\(\"?/?(?:assets/)?images/([a-z0-9-]+\.svg)\"?\)")
SOURCE_MAP = re.compile(r"/\*#\s*sourceMappingURL=[^*]*\*/|^//#\s*sourceMappingURL=.*$", re.MULTILINE)


def clean_css(css: str) -> str:
    """Return the stylesheet without GDS Transport, the Royal Arms and source maps; icons become relative."""
    css = FONT_FACE.sub("", css)
    css = GDS_TRANSPORT.sub(FONT, css)
    css = ROYAL_ARMS.sub("", css)
    css = SOURCE_MAP.sub("", css)
    return ICON_PATH.sub(r"url(icons/\1)", css)


def build(node_modules: Path = NODE_MODULES, out: Path = OUT) -> Path:
    """Write static_built/vendor from the installed packages and return it; refuses when a package is missing."""
    vendor = out / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    (vendor / "icons").mkdir(parents=True)
    for name, source in STYLESHEETS.items():
        (vendor / name).write_text(clean_css((node_modules / source).read_text()))
    for name, source in SCRIPTS.items():
        (vendor / name).write_text(SOURCE_MAP.sub("", (node_modules / source).read_text()))
    (vendor / "htmx.js").write_text(SOURCE_MAP.sub("", htmx_source().read_text()))
    copy_icons(node_modules / ICONS, vendor)
    return vendor


def copy_icons(source: Path, vendor: Path) -> None:
    """Copy only the icons that the stylesheets use."""
    used = set(re.findall(r"url\(icons/([a-z0-9-]+\.svg)\)", (vendor / "moj-frontend.css").read_text()))
    for name in sorted(used):
        shutil.copyfile(source / name, vendor / "icons" / name)


def htmx_source() -> Path:
    """Where django-htmx keeps htmx 4 (found without importing Django)."""
    spec = find_spec("django_htmx")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("django-htmx is not installed: run script/bootstrap")
    return Path(spec.origin).parent / "static" / "django_htmx" / "htmx-4.min.js"


def main() -> int:
    """Build, and say on stderr what was built."""
    parser = argparse.ArgumentParser(description="Build the third-party CSS and JavaScript.")
    parser.add_argument("--node-modules", type=Path, default=NODE_MODULES)
    try:
        vendor = build(parser.parse_args().node_modules)
    except FileNotFoundError as missing:
        sys.stderr.write(f"Cannot build the static files: {missing}. Run script/bootstrap first.\n")
        return 1
    sys.stderr.write(f"Built {len(list(vendor.rglob('*.*')))} files in {vendor}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
