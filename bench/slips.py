"""How long it takes to set slips with codes as PDF, by their number; `python -m bench.slips`."""
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from evaluations.domain.ballots import new_code  # noqa: E402
from evaluations.domain.prints import slips_pdf  # noqa: E402

NUMBERS = (12, 300, 5000)


def main():
    for number in NUMBERS:
        codes = [new_code() for _each in range(number)]
        began = time.perf_counter()
        made = slips_pdf(
            [("党员", codes)], title="窗口服务问卷", place="办公厅第一党支部", note="扫码答题，不记名。",
            start_url="https://campaign.example.org/q/",
        )
        print(f"{number} slips: {time.perf_counter() - began:.1f} s, {len(made) / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
