from django.urls import path

from networks.views import browsing, calls, proposals, ties, writing

app_name = "networks"
urlpatterns = [
    path("netwerken/", browsing.networks, name="networks"),
    path("netwerken/netwerken.csv", browsing.as_csv, name="as_csv"),
    path("netwerken/netwerken.geojson", browsing.as_geojson, name="as_geojson"),
    path("netwerken/witte-vlekken/", browsing.white_spots, name="white_spots"),
    path("netwerken/voorstellen/", proposals.proposals, name="proposals"),
    path("netwerken/voorstellen/nieuw/", proposals.propose, name="propose"),
    path("netwerken/voorstellen/<uuid:key>/", proposals.proposal, name="proposal"),
    path("netwerken/voorstellen/<uuid:key>/aannemen/", proposals.accept, name="accept"),
    path("netwerken/voorstellen/<uuid:key>/afwijzen/", proposals.reject, name="reject"),
    path("netwerken/voorstellen/<uuid:key>/intrekken/", proposals.withdraw, name="withdraw"),
    path("netwerken/opgaven/", calls.calls, name="calls"),
    path("netwerken/opgaven/nieuw/", calls.ask, name="ask"),
    path("netwerken/opgaven/<uuid:key>/", calls.call, name="call"),
    path("netwerken/opgaven/<uuid:key>/wijzigen/", calls.change_call, name="change_call"),
    path("netwerken/opgaven/<uuid:key>/uitkomst/", calls.tell_outcome, name="tell_outcome"),
    path("netwerken/opgaven/<uuid:key>/intrekken/", calls.withdraw_call, name="withdraw_call"),
    path("netwerken/opgaven/<uuid:key>/reageren/", calls.react, name="react"),
    path("netwerken/reacties/<uuid:key>/antwoorden/", calls.answer_reaction, name="answer_reaction"),
    path("netwerken/reacties/<uuid:key>/intrekken/", calls.withdraw_reaction, name="withdraw_reaction"),
    path("netwerken/bevestigen/<str:token>/", proposals.confirm, name="confirm"),
    path("netwerken/banden/<uuid:key>/bevestigen/", ties.confirm_tie, name="confirm_tie"),
    path("netwerken/banden/<uuid:key>/beeindigen/", ties.end_tie, name="end_tie"),
    path("netwerken/<slug:slug>/", browsing.network, name="network"),
    path("netwerken/<slug:slug>/banden/", ties.tie, name="tie"),
    path("netwerken/<slug:slug>/bericht/", writing.write_to, name="write_to"),
    path("netwerken/<slug:slug>/wijzigen/", proposals.propose_change, name="propose_change"),
]
