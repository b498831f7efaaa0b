"""The form for documents that people bring: a pasted text, or files, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from signals.ingest.limits import MAX_SIZE
from signals.models import Source
from signals.services.bringing import Brought, comes_from_elsewhere
from signals.sources.addresses import canonical

MOST_FILES = 20
TOLD = ("title", "publisher", "language")


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files; Django's own field keeps the last."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(_FilesField, self).clean(one, initial) for one in data or []]


class BringingForm(forms.Form):
    """Either a text or files. ``documents``, ``told`` and ``chosen_source`` are what a valid form says."""

    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste the article or announcement, with its headline."),
    )  # fmt: skip
    uploads = _FilesField(
        label=_("Or files"), required=False, allow_empty_file=True, widget=_Files(attrs={"accept": ".pdf,.html,.htm,.txt,.mhtml,.json"}),
        help_text=_("PDF, saved web pages or text; twenty at once at most."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Source"))
    url = forms.URLField(
        label=_("Address where it stands"), required=False, max_length=2000, assume_scheme="https",
        help_text=_("If it has one; the same article from a feed is then recognised."),
    )  # fmt: skip
    title = forms.CharField(label=_("Headline, if the text has none"), required=False, max_length=300)
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    published_on = forms.DateField(
        label=_("Published on"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty, the document's own date counts; without one it stays unknown."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("as each page tells")), ("zh", _("Chinese")), ("en", _("English"))],
    )  # fmt: skip

    def __init__(self, sources: Sequence[Source], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._sources = {one.key: one for one in sources}
        self.fields["source"] = forms.ChoiceField(label=_("Source"), choices=[(one.key, one.name) for one in sources])

    def clean_uploads(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["uploads"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Twenty files at once at most."))
        for one in files:
            if (one.size or 0) > MAX_SIZE:
                raise forms.ValidationError(
                    _("%(name)s is larger than %(n)d MB."), params={"name": one.name, "n": MAX_SIZE // 1_048_576}
                )
        return files

    def clean_url(self) -> str:
        given = self.cleaned_data["url"]
        url = canonical(given) if given else ""
        if url is None:
            raise forms.ValidationError(_("This address cannot be used; take out a user name or password."))
        known = comes_from_elsewhere(url) if url else None
        if known is not None:
            words = _("This page is kept already: %(link)s. Its source watches it for changes.")
            link = format_html('<a href="{}">{}</a>', known.get_absolute_url(), known.title or url)
            raise forms.ValidationError(format_html(str(words).replace("%(link)s", "{}"), link))
        return url

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        text, files = (said.get("text") or "").strip(), said.get("uploads") or []
        if "uploads" in said and bool(text) == bool(files):
            self.add_error("text", _("Paste a text or choose files: one of the two."))
        if len(files) > 1 and (said.get("url") or said.get("title")):
            self.add_error(
                "uploads", _("An address and a headline belong to one document; add these files one by one.")
            )
        return said

    @property
    def chosen_source(self) -> Source:
        return self._sources[self.cleaned_data["source"]]

    @property
    def documents(self) -> list[Brought]:
        files = [Brought((one.name or "file")[:200], one.read()) for one in self.cleaned_data["uploads"]]
        return files or [Brought("text", self.cleaned_data["text"].encode())]

    @property
    def told(self) -> dict[str, str]:
        """What the person says of the documents, under the names that reading knows."""
        day = self.cleaned_data["published_on"]
        told = {name: self.cleaned_data[name] for name in (*TOLD, "url")}
        return {**told, "published_on": day.isoformat() if day else ""}
