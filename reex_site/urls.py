"""Every address of the site; the pages themselves belong to `companies` and `signals`."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from reex_site.health import healthz
from signals.views.sign_in import SignIn, login_code

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/login/code/", login_code, name="login_code"),
    path("accounts/", include("django.contrib.auth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
urlpatterns += [path("", include(name)) for name in ("companies.urls", "signals.urls") if find_spec(name)]

handler500 = "reex_site.problems.server_error"
