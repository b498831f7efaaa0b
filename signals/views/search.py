"""`/search/`: disclosures, figures and signals, in Chinese and English."""

from django.http import HttpRequest, HttpResponse

from reex_site.lib.htmx import render_page
from signals.selectors import search as selector
from signals.selectors.state import address

BAR = 24  # height of the tallest year in the histogram, pixels


def search(request: HttpRequest) -> HttpResponse:
    found = selector.search(request.GET)
    peak = max((n for _year, n in found.years), default=1)
    context = {
        "found": found,
        "search_query": found.query,
        "modes": [
            (mode, address(request.path, request.GET, mode=mode, page=None), mode == found.mode)
            for mode in selector.MODES
        ],
        "more_url": address(request.path, request.GET, page=str(found.next)) if found.more else "",
        "first": not request.GET.get("page", "0").strip("0"),
        "plain_url": address(request.path, request.GET, names="0", page=None) if found.expansions else "",
        "years": [
            {"year": year, "n": None, "url": address(request.path, request.GET, year=str(year), page=None)}
            for year in found.older
        ]
        + [
            {
                "year": year,
                "n": n,
                "bar": max(1, round(BAR * n / peak)),
                "above": BAR - max(1, round(BAR * n / peak)),
                "url": address(request.path, request.GET, year=str(year), page=None),
                "chosen": found.year == str(year),
            }
            for year, n in found.years
        ],
        "all_years_url": address(request.path, request.GET, year=None, page=None) if found.year else "",
        "counted": selector.COUNTED,
        "clear_url": address(
            request.path, request.GET, **{name: None for name in request.GET if name not in ("q", "mode")}
        ),
        "kept": [("q", found.query), ("mode", found.mode)],
    }
    return render_page(request, "signals/search.html", context, partial="whole")
