"""Every address of the site; the pages themselves belong to `companies` and `signals`."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from reex_site.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("django.contrib.auth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
