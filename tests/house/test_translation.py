"""Every string that a reader may see has its Chinese, with the same gaps to fill; the compiled catalogue is not stale."""

import gettext
import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings

from signals.management.commands.gather_strings import from_template, gather, untranslated

FOLDER = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"
GAP = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def catalog():
    with (FOLDER / "django.po").open("rb") as stream:
        return read_po(stream, locale="zh_Hans")


def test_every_string_is_translated(catalog):
    catalog.update(gather(settings.BASE_DIR), no_fuzzy_matching=True)
    assert untranslated(catalog) == [], "run manage.py gather_strings and translate what it lists"


def test_a_translation_fills_the_same_gaps(catalog):
    missing = set(untranslated(catalog))
    for message in catalog:
        if message.id and str(message.id) not in missing:
            english = message.id[-1] if isinstance(message.id, tuple) else message.id
            chinese = message.string[0] if isinstance(message.string, tuple) else message.string
            assert set(GAP.findall(english)) == set(GAP.findall(chinese)), english


def flat(catalog):
    """Babel gives plural forms as lists from one format and as tuples from the other."""
    return {str(tuple(m.id) if isinstance(m.id, list) else m.id): str(m.string).strip("()[],") for m in catalog if m.id}


def test_the_compiled_catalogue_is_of_this_text(catalog):
    with (FOLDER / "django.mo").open("rb") as stream:
        compiled = flat(read_mo(stream))
    missing = set(untranslated(catalog))
    assert compiled == {key: text for key, text in flat(catalog).items() if key not in missing}


def test_the_site_speaks_chinese():
    chinese = gettext.translation("django", FOLDER.parents[1], ["zh_Hans"])
    assert chinese.gettext("Overview") == "总览"
    assert chinese.ngettext("%(n)s figure", "%(n)s figures", 3) == "%(n)s 个数字"


def test_strings_of_a_template_are_found(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        """{% translate "It's here" %}{% include "part.html" with label=_("An argument") other=_('Another') only %}
        {% blocktranslate count n=lines %}{{ n }} line{% plural %}{{ n }} lines{% endblocktranslate %}
        {# translate "not this" #}"""
    )
    assert set(from_template(page)) == {"It's here", "An argument", "Another", ("%(n)s line", "%(n)s lines")}
