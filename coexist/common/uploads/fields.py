"""A model's image: whichever form fills it, what is stored has been written anew."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models, router, transaction

from .images import clean_image
from .widgets import ImageInput


class CleanImageFormField(forms.FileField):
    """A file field whose value is our own image; Django's ImageField would keep the file as it came."""

    widget = ImageInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = super().clean(data, initial)
        return clean_image(chosen) if isinstance(chosen, UploadedFile) else chosen


class CleanImageField(models.ImageField):
    """An image that people send. Replacing or clearing it deletes the earlier file after the commit."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CleanImageFormField, "max_length": None, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        earlier = None if add else self._stored_name(model_instance)
        file = super().pre_save(model_instance, add)
        if earlier and earlier != file.name:
            transaction.on_commit(lambda: self.storage.delete(earlier), robust=True)
        return file

    def _stored_name(self, model_instance: models.Model) -> str | None:
        model = type(model_instance)
        rows = model._base_manager.using(router.db_for_write(model, instance=model_instance))
        return rows.filter(pk=model_instance.pk).values_list(self.attname, flat=True).first()
