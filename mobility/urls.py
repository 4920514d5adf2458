from django.urls import path

from mobility.views import applications, exchanges, imports, manager, queues, searching, swaps

app_name = "mobility"
urlpatterns = [
    path("uitwisselingen/", searching.exchanges, name="exchanges"),
    path("uitwisselingen/nieuw/", exchanges.write, name="write"),
    path("uitwisselingen/importeren/", imports.import_offers, name="import_offers"),
    path("uitwisselingen/importeren/<uuid:key>/", imports.import_preview, name="import_preview"),
    path("uitwisselingen/<slug:slug>/", exchanges.exchange, name="exchange"),
    path("uitwisselingen/<slug:slug>/bewerken/", exchanges.edit, name="edit"),
    path("uitwisselingen/<slug:slug>/plaatsen/", exchanges.publish, name="publish"),
    path("uitwisselingen/<slug:slug>/sluiten/", exchanges.close, name="close"),
    path("uitwisselingen/<slug:slug>/kopieren/", exchanges.duplicate, name="duplicate"),
    path("uitwisselingen/<slug:slug>/intrekken/", exchanges.withdraw, name="withdraw"),
    path("uitwisselingen/<slug:slug>/aanmelden/", applications.apply, name="apply"),
    path("uitwisselingen/<slug:slug>/aanmeldingen/", exchanges.inbox, name="inbox"),
    path("mijn/plekken/", exchanges.own_exchanges, name="own_exchanges"),
    path("aanmeldingen/<uuid:key>/", applications.application, name="application"),
    path("aanmeldingen/<uuid:key>/intrekken/", applications.withdraw, name="withdraw_application"),
    path("aanmeldingen/<uuid:key>/aannemen/", applications.take, name="take"),
    path("aanmeldingen/<uuid:key>/leidinggevende/", applications.ask_manager, name="ask_manager"),
    path("aanmeldingen/<uuid:key>/uitnodigen/", applications.invite, name="invite"),
    path("aanmeldingen/<uuid:key>/aanbieden/", applications.offer, name="offer"),
    path("aanmeldingen/<uuid:key>/afwijzen/", applications.decline, name="decline"),
    path("aanmeldingen/<uuid:key>/bevestigen/", applications.confirm, name="confirm"),
    path("akkoord/<str:token>/", manager.manager, name="manager"),
    path("uitwisselingen/<slug:slug>/plekken/", queues.add_places, name="add_places"),
    path("uitwisselingen/<slug:slug>/wachtlijst/sluiten/", queues.close_list, name="close_list"),
    path("mijn/ruil/", swaps.swap, name="swap"),
    path("mijn/ruil/wens/", swaps.write_wish, name="write_wish"),
    path("mijn/ruil/bevestigen/", swaps.renew_wish, name="renew_wish"),
    path("mijn/ruil/stoppen/", swaps.stop_wish, name="stop_wish"),
    path("ruil/akkoord/<str:token>/", swaps.ring_manager, name="ring_manager"),
    path("ruil/<uuid:key>/", swaps.ring, name="ring"),
    path("ruil/<uuid:key>/meedoen/", swaps.join_ring, name="join_ring"),
    path("ruil/<uuid:key>/stoppen/", swaps.leave_ring, name="leave_ring"),
]
