"""The field for several photos: each is checked and remade while the form is cleaned, nothing is stored yet."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.domain.photos import MOST_PHOTOS
from config.kit.papers import ACCEPTED as ACCEPTED_PAPERS
from config.kit.papers import PaperRefused, read_paper
from config.kit.pictures import ACCEPTED, PictureRefused, read_picture


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.Field):
    """Cleans to a list of config.kit.papers.Paper; every file that is refused has its own sentence."""

    widget = PhotosInput(attrs={"accept": ACCEPTED_PAPERS, "class": "form-control"})

    def clean(self, files):
        papers, refusals = [], []
        for file in files or []:
            try:
                papers.append(read_paper(file))
            except PaperRefused as refusal:
                refusals.append(ValidationError(refusal.message))
        if refusals:
            raise ValidationError(refusals)
        return papers


class PhotosField(forms.Field):
    """Cleans to a list of config.kit.pictures.Picture; every file that is refused has its own sentence."""

    widget = PhotosInput(attrs={"accept": ACCEPTED, "class": "form-control"})

    def __init__(self, **options):
        super().__init__(label=_("照片"), required=False, **options)

    def clean(self, files):
        files = files or []
        if len(files) > MOST_PHOTOS:
            raise ValidationError(
                _("照片最多 %(most)s 张，选了 %(n)s 张。"), params={"most": MOST_PHOTOS, "n": len(files)}
            )
        pictures, refusals = [], []
        for file in files:
            try:
                pictures.append(read_picture(file))
            except PictureRefused as refusal:
                refusals.append(ValidationError(refusal.message))
        if refusals:
            raise ValidationError(refusals)
        return pictures
