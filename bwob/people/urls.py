from django.urls import path

from bwob.people import views

app_name = "people"
urlpatterns = [
    path("profiel/", views.profile, name="profile"),
    path("werkadres/", views.work_address, name="work_address"),
    path("werkadres/<str:token>/", views.confirm_address, name="confirm_address"),
]
