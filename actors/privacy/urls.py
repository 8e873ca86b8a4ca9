from django.urls import path

from . import address_check, views

urlpatterns = [
    path("mes-donnees/", views.my_data, name="my-data"),
    path("mes-donnees/telecharger/", views.my_data_download, name="my-data-download"),
    path("effacer-mon-compte/", views.account_erase, name="account-erase"),
    path("adresse/verifier/", address_check.address_check_send, name="address-check-send"),
    path("adresse/<str:token>/", address_check.address_confirm, name="address-confirm"),
]
