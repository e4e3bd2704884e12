"""`make bench`: every measurement of docs/performance.md, one after the other, each on a data folder of its own."""
import subprocess
import sys

MODULES = ("import_ledgers", "score", "pages", "export_rows", "friendly_look", "promise_look", "ballots")

if __name__ == "__main__":
    for module in MODULES:
        print(f"# python -m bench.{module}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{module}"], check=True)
