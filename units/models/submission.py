"""Form nonces: a double click or the back button makes one record, and the second answer shows the first result."""
from django.conf import settings
from django.db import models


class Submission(models.Model):
    """One submitted form of one user, and where its result can be seen."""

    nonce = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    result_url = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self):
        return self.nonce
