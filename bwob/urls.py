from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, include, path, re_path

from bwob import api, health, home, wellknown
from bwob.demo import mailbox
from mobility.sitemaps import CareerDaySitemap, ExchangeSitemap

api.api.add_router("", "bwob.organisations.api.router")
api.api.add_router("", "mobility.api.router")
api.api.add_router("", "mobility.day_api.router")
api.api.add_router("", "doetanks.api.router")
api.api.add_router("", "networks.api.router")
api.api.add_router("", "networks.call_api.router")
api.api.add_router("", "alumni.api.router")
api.api.add_router("", "pitch.api.router")

SITEMAPS: dict[str, type[Sitemap]] = {
    "portal": home.PortalSitemap,
    "exchanges": ExchangeSitemap,
    "career-days": CareerDaySitemap,
}

handler400 = "bwob.web.bad_request"
handler403 = "bwob.web.forbidden"
handler404 = "bwob.web.not_found"
handler500 = "bwob.web.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond/leeft/", health.live, name="live"),
    path("gezond/klaar/", health.ready, name="ready"),
    path(api.ROOT.lstrip("/"), api.addresses()),
    re_path(r"^api/(?P<rest>.*)$", api.unknown, name="api_unknown"),
    path("robots.txt", wellknown.robots, name="robots"),
    path(
        "sitemap.xml",
        login_not_required(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        login_not_required(sitemaps.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_part",
    ),
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
    path("", include("pitch.urls")),  # before the other lines: its ballots come many at once
    path("", include("alumni.urls")),
    path("", include("mobility.urls")),
    path("", include("doetanks.urls")),
    path("", include("networks.urls")),
    prefix_default_language=False,
)

if settings.DEMO:
    urlpatterns += [
        path("demo/post/", mailbox.demo_post, name="demo_post"),
        path("demo/post/<str:name>/", mailbox.demo_message, name="demo_message"),
    ]
