"""Settings of the test suite: cheap passwords, no lock-outs, a data folder of its own."""
import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="campaign-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
if "PYTEST_XDIST_WORKER" in os.environ:
    # Each of several pytest processes has a folder and a Redis database of its own; what it starts inherits both.
    name = os.environ.pop("PYTEST_XDIST_WORKER")
    os.environ["DATA_DIR"] = os.path.join(os.environ["DATA_DIR"], name)
    if "REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{name.removeprefix('gw')}"

from config.settings.base import *  # noqa: F403
from config.settings.base import (
    CELERY_BROKER_TRANSPORT_OPTIONS,
    DATA_DIR,
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    REDIS_URL,
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
SECOND_FACTOR = False  # the tests of signing in switch it on
OPINION_PROOF_BITS = 8  # a test finds a solution in no time
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
ZEAL_ALLOWLIST = [{"model": "units.HistoryHead", "field": "get()"}]  # a step may leave two entries in the history
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # a page that asks the same thing per row fails its test
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' worker is another process and must see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"
    )
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"polling_interval": 0.03}  # several waits in each test with a worker
if "WORKER_DATABASE" in os.environ:
    # The suite's Celery worker is a process of its own and works on the database that the tests made.
    DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
