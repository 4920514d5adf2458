from django.urls import path

from pitch.views import editions, entries, jury, keys, office, realisation, results

app_name = "pitch"
urlpatterns = [
    path("pitch/", editions.editions, name="editions"),
    path("pitch/telling.py", results.telling, name="telling"),
    path("pitch/plan/<uuid:key>/", entries.entry, name="entry"),
    path("pitch/plan/<uuid:key>/bewerken/", entries.edit_entry, name="edit_entry"),
    path("pitch/plan/<uuid:key>/insturen/", entries.submit, name="submit"),
    path("pitch/plan/<uuid:key>/intrekken/", entries.withdraw, name="withdraw"),
    path("pitch/plan/<uuid:key>/team/", entries.invite_member, name="invite_member"),
    path("pitch/plan/<uuid:key>/team/<int:pk>/weg/", entries.leave_team, name="leave_team"),
    path("pitch/plan/<uuid:key>/bestand/", entries.attach, name="attach"),
    path("pitch/plan/<uuid:key>/bestand/<int:pk>/", entries.attachment, name="attachment"),
    path("pitch/plan/<uuid:key>/herken/", entries.support, name="support"),
    path("pitch/plan/<uuid:key>/toelating/", office.admit, name="admit"),
    path("pitch/plan/<uuid:key>/zonder-namen/", office.blind, name="blind"),
    path("pitch/plan/<uuid:key>/uitkomst/", results.outcome, name="outcome"),
    path("pitch/plan/<uuid:key>/bezwaar/", results.raise_objection, name="raise_objection"),
    path("pitch/plan/<uuid:key>/uitvoering/", realisation.realisation, name="realisation"),
    path(
        "pitch/plan/<uuid:key>/uitvoering/starten/", realisation.start_realisation, name="start_realisation"
    ),
    path("pitch/plan/<uuid:key>/uitvoering/stand/", realisation.report, name="report"),
    path("pitch/plan/<uuid:key>/uitvoering/mijlpaal/", realisation.add_milestone, name="add_milestone"),
    path(
        "pitch/plan/<uuid:key>/uitvoering/mijlpaal/<int:pk>/gehaald/",
        realisation.reach_milestone,
        name="reach_milestone",
    ),
    path("pitch/plan/<uuid:key>/uitvoering/stoppen/", realisation.end_realisation, name="end_realisation"),
    path(
        "pitch/plan/<uuid:key>/uitvoering/klaar/", realisation.finish_realisation, name="finish_realisation"
    ),
    path("pitch/team/<uuid:key>/", entries.team_invitation, name="team_invitation"),
    path("pitch/jury/<uuid:key>/", jury.invitation, name="invitation"),
    path("pitch/jury/<uuid:key>/<slug:word>/", office.move_juror, name="move_juror"),
    path("pitch/belang/<int:pk>/", office.rule_on_conflict, name="rule_on_conflict"),
    path("pitch/bezwaar/<int:pk>/", results.answer_objection, name="answer_objection"),
    path("pitch/<slug:slug>/", editions.edition, name="edition"),
    path("pitch/<slug:slug>/plannen/", editions.entries, name="entries"),
    path("pitch/<slug:slug>/reglement/", editions.rules_text, name="rules_text"),
    path("pitch/<slug:slug>/reglement.json", editions.rules_file, name="rules_file"),
    path("pitch/<slug:slug>/meedoen/", entries.enter, name="enter"),
    path("pitch/<slug:slug>/secretariaat/", office.office, name="office"),
    path("pitch/<slug:slug>/secretariaat/jury/", office.propose, name="propose"),
    path("pitch/<slug:slug>/secretariaat/verlengen/", office.extend, name="extend"),
    path("pitch/<slug:slug>/secretariaat/<slug:word>/", office.move, name="move"),
    path("pitch/<slug:slug>/beraad/", results.deliberation, name="deliberation"),
    path("pitch/<slug:slug>/sleutel/", keys.keys, name="keys"),
    path("pitch/<slug:slug>/sleutel/ophalen/", keys.take_key, name="take_key"),
    path("pitch/<slug:slug>/sleutel/inleveren/", keys.hand_in, name="hand_in"),
    path("pitch/<slug:slug>/jury/", jury.queue, name="queue"),
    path("pitch/<slug:slug>/jury/<int:number>/", jury.judge, name="judge"),
    path("pitch/<slug:slug>/jury/<int:number>/ontvangst/", jury.receipt, name="receipt"),
    path("pitch/<slug:slug>/jury/<int:number>/belang/", jury.declare, name="declare"),
    path("pitch/<slug:slug>/uitslag/", results.result, name="result"),
    path("pitch/<slug:slug>/uitslag.csv", results.result_table, name="result_table"),
    path("pitch/<slug:slug>/stembiljetten.json", results.ballots, name="ballots"),
]
