"""`/companies/`: who is tracked, with both names, tickers and owners."""

from django.http import HttpRequest, HttpResponse

from companies import selectors
from reex_site.lib.htmx import render_page


def index(request: HttpRequest) -> HttpResponse:
    return render_page(request, "companies/index.html", selectors.summary(), partial=None)
