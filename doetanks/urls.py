from django.urls import path

from doetanks.views import challenges, joining

app_name = "doetanks"
urlpatterns = [
    path("doetanks/", challenges.board, name="board"),
    path("doetanks/indienen/", challenges.submit, name="submit"),
    path("doetanks/uitnodiging/<str:token>/", joining.invitation, name="invitation"),
    path("doetanks/deelname/<uuid:key>/", joining.participation, name="participation"),
    path("doetanks/deelname/<uuid:key>/uitnodigen/", joining.invite, name="invite"),
    path("doetanks/deelname/<uuid:key>/aannemen/", joining.accept, name="accept"),
    path("doetanks/deelname/<uuid:key>/afwijzen/", joining.refuse, name="refuse"),
    path("doetanks/deelname/<uuid:key>/intrekken/", joining.withdraw, name="withdraw"),
    path("doetanks/deelname/<uuid:key>/verlaten/", joining.leave, name="leave"),
    path("doetanks/<slug:slug>/", challenges.challenge, name="challenge"),
    path("doetanks/<slug:slug>/bewerken/", challenges.edit, name="edit"),
    path("doetanks/<slug:slug>/oppakken/", challenges.take, name="take"),
    path("doetanks/<slug:slug>/openen/", challenges.open_up, name="open_up"),
    path("doetanks/<slug:slug>/stoppen/", challenges.stop, name="stop"),
    path("doetanks/<slug:slug>/boven-water/", challenges.surface, name="surface"),
    path("doetanks/<slug:slug>/meedoen/", joining.join, name="join"),
    path("doetanks/<slug:slug>/team/", joining.team, name="team"),
    path("doetanks/<slug:slug>/team/uitnodiging/", joining.renew_invitation, name="renew_invitation"),
    path("doetanks/<slug:slug>/team/compleet/", joining.complete, name="complete"),
]
