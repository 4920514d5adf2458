from django.urls import path

from mobility import views

app_name = "mobility"
urlpatterns = [
    path("uitwisselingen/", views.exchanges, name="exchanges"),
]
