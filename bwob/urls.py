from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from bwob import home

handler400 = "bwob.web.bad_request"
handler403 = "bwob.web.forbidden"
handler404 = "bwob.web.not_found"
handler500 = "bwob.web.server_error"

urlpatterns = i18n_patterns(
    path("", home.home, name="home"),
    path("mijn/", home.dashboard, name="dashboard"),
    path("mijn/", include("bwob.people.urls")),
    path("mijn/", include("bwob.privacy.urls")),
    path("account/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
    path("", include("mobility.urls")),
    prefix_default_language=False,
)
