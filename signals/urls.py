from django.urls import path

from signals.views import company, compare, disclosure, indicator, overview, search, styleguide, theme

app_name = "signals"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("companies/<slug:key>/", company.timeline, name="company"),
    path("companies/<slug:key>/indicators/", company.indicators, name="company_indicators"),
    path("companies/<slug:key>/disclosures/", company.disclosures, name="company_disclosures"),
    path("companies/<slug:key>/language/", company.language_page, name="company_language"),
    path("indicators/", indicator.index, name="indicators"),
    path("indicators/figure/<str:key>/evidence/", indicator.evidence, name="evidence"),
    path("indicators/<slug:metric>/", indicator.metric, name="metric"),
    path("indicators/<slug:metric>/export.csv", indicator.export, {"kind": "csv"}, name="export_csv"),
    path("indicators/<slug:metric>/export.json", indicator.export, {"kind": "json"}, name="export_json"),
    path("compare/", compare.compare, name="compare"),
    path("disclosures/<int:pk>/", disclosure.disclosure, name="disclosure"),
    path("disclosures/<int:pk>/diff/", disclosure.diff, name="diff"),
    path("disclosures/<int:pk>/snapshot/", disclosure.snapshot, name="snapshot"),
    path("search/", search.search, name="search"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("theme/", theme.theme, name="theme"),
]
