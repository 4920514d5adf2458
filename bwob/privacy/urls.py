from django.urls import path

from bwob.privacy import views

app_name = "privacy"
urlpatterns = [
    path("gegevens/", views.my_data, name="my_data"),
    path("gegevens/meenemen/", views.download, name="download"),
    path("gegevens/wissen/", views.erase, name="erase"),
    path("gezien/", views.seen, name="seen"),
]
