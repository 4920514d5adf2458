from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from bwob import health, home, wellknown
from bwob.demo import mailbox

handler400 = "bwob.web.bad_request"
handler403 = "bwob.web.forbidden"
handler404 = "bwob.web.not_found"
handler500 = "bwob.web.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond/leeft/", health.live, name="live"),
    path("gezond/klaar/", health.ready, name="ready"),
    path(".well-known/security.txt", wellknown.security_txt, name="security_txt"),
]
urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path("mijn/", home.dashboard, name="dashboard"),
    path("toegankelijkheid/", home.accessibility, name="accessibility"),
    path("privacy/", home.privacy, name="privacy"),
    path("contact/", home.contact, name="contact"),
    path("mijn/", include("bwob.people.urls")),
    path("mijn/", include("bwob.privacy.urls")),
    path("account/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
    path("", include("alumni.urls")),
    path("", include("mobility.urls")),
    prefix_default_language=False,
)

if settings.DEMO:
    urlpatterns += [
        path("demo/post/", mailbox.demo_post, name="demo_post"),
        path("demo/post/<str:name>/", mailbox.demo_message, name="demo_message"),
    ]
