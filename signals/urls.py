from django.urls import path

from signals.views import company, compare, disclosure, indicator, overview, review, search, source, styleguide, theme

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
    path("review/", review.review, name="review"),
    path("review/undo/", review.undo, name="review_undo"),
    path("review/alike/", review.alike, name="review_alike"),
    path("review/<slug:kind>/<slug:key>/decide/", review.decide, name="review_decide"),
    path("review/<slug:kind>/<slug:key>/check/", review.check, name="review_check"),
    path("search/", search.search, name="search"),
    path("sources/", source.sources, name="sources"),
    path("sources/add/", source.add, name="source_add"),
    path("sources/preview/<int:pk>/", source.preview_page, name="source_preview"),
    path("sources/fetches/<int:pk>/retry/", source.retry, name="fetch_retry"),
    path("sources/<slug:key>/", source.source, name="source"),
    path("sources/<slug:key>/edit/", source.edit, name="source_edit"),
    path("sources/<slug:key>/run/", source.run, name="source_run"),
    path("sources/<slug:key>/pause/", source.pause, name="source_pause"),
    path("sources/<slug:key>/try/", source.try_out, name="source_try"),
    path("sources/<slug:key>/definition.yml", source.definition, name="source_definition"),
    path("sources/<slug:key>/responses/<int:pk>/", source.response, name="source_response"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("theme/", theme.theme, name="theme"),
]
