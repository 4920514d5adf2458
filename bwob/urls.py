from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from bwob import health, home, wellknown

handler400 = "bwob.web.bad_request"
handler403 = "bwob.web.forbidden"
handler404 = "bwob.web.not_found"
handler500 = "bwob.web.server_error"

urlpatterns = [
    path("gezond/leeft/", health.live, name="live"),
    path("gezond/klaar/", health.ready, name="ready"),
    path(".well-known/security.txt", wellknown.security_txt, name="security_txt"),
]
urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path("mijn/", home.dashboard, name="dashboard"),
    path("account/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
    path("", include("mobility.urls")),
    prefix_default_language=False,
)
