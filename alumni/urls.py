from django.urls import path

from alumni.views import answers, departures, gatherings, members, public, returning, toolkit

app_name = "alumni"
urlpatterns = [
    path("alumni/", public.networks, name="networks"),
    path("alumni/link/", public.mail_link, name="mail_link"),
    path("alumni/toolkit/", toolkit.toolkit, name="toolkit"),
    path("alumni/toolkit/vel/", toolkit.toolkit_sheet, name="toolkit_sheet"),
    path("alumni/toolkit/<int:number>/", toolkit.toolkit_step, name="toolkit_step"),
    path("alumni/terug/<slug:slug>/", returning.come_back, name="come_back"),
    path("alumni/antwoord/<str:token>/", answers.answer, name="answer"),
    path("alumni/bijeenkomst/<str:token>/", gatherings.gathering, name="gathering"),
    path("alumni/bijeenkomst/<str:token>/komen/", gatherings.come, name="come"),
    path("alumni/bijeenkomst/<str:token>/afmelden/", gatherings.stay_away, name="stay_away"),
    path("alumni/bijeenkomst/<str:token>/agenda/", gatherings.gathering_calendar, name="gathering_calendar"),
    path("alumni/stop/<str:token>/", members.stop, name="stop"),
    path("alumni/deelname/<str:token>/", members.membership, name="membership"),
    path("alumni/deelname/<str:token>/gegevens/", members.correct, name="correct"),
    path("alumni/deelname/<str:token>/stoppen/", members.leave, name="leave"),
    path("alumni/deelname/<str:token>/download/", members.download, name="download"),
    path("alumni/deelname/<str:token>/bevestigen/", members.confirm, name="confirm"),
    path("alumni/deelname/<str:token>/pauze/", members.pause, name="pause"),
    path("alumni/deelname/<str:token>/hervatten/", members.resume, name="resume"),
    path("alumni/deelname/<str:token>/terug/<slug:slug>/", returning.apply, name="apply"),
    path("alumni/<slug:slug>/", public.network, name="network"),
    path("alumni/<slug:slug>/meedoen/", public.join, name="join"),
    path("mijn/alumni/", departures.own_networks, name="own_networks"),
    path("mijn/alumni/vertrek/", departures.departure, name="departure"),
    path("mijn/alumni/vertrek/wissen/", departures.cancel_departure, name="cancel_departure"),
]
