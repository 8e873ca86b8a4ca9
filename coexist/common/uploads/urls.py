from django.urls import re_path

from .views import stored_file

# Names are those that we give: nothing else is ever asked of the storage.
urlpatterns = [
    re_path(r"^fichiers/(?P<folder>[a-z]{1,30})/(?P<name>[0-9a-f]{32}\.[a-z0-9]{2,5})$", stored_file, name="file")
]
