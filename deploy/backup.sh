#!/bin/sh
# A backup while the product runs: backup.sh FOLDER, with DATA_DIR and DATABASE_URL as the product has them.
# Makes FOLDER/database.(sqlite3|dump), FOLDER/media.tar and FOLDER/keys.tar; keep the keys apart from the other two.
set -eu
umask 077
target=${1:?Usage: backup.sh FOLDER}
here=$(cd "$(dirname "$0")/.." && pwd)
data=${DATA_DIR:-$here/var}

mkdir -p "$target"
target=$(cd "$target" && pwd)
for name in database.sqlite3 database.dump media.tar keys.tar; do
    if [ -e "$target/$name" ]; then
        echo "$target/$name exists already; give each backup a folder of its own." >&2
        exit 1
    fi
done

# The database first: a file that comes after it is one too many, a row without its file would be one too few.
if [ -n "${DATABASE_URL:-}" ]; then
    pg_dump --format=custom --no-owner --file="$target/database.dump" "$DATABASE_URL"
else
    "$here/.venv/bin/python" - "$data/db.sqlite3" "$target/database.sqlite3" <<'PYTHON'
import sqlite3
import sys

source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=60)
source.execute("VACUUM INTO ?", (sys.argv[2],))
PYTHON
fi
mkdir -p "$data/media"
tar -C "$data" -cf "$target/media.tar" media
# Not the keys of polls under way: a copy would outlive the count, and who has it and an old database could open ballots.
tar -C "$data" --exclude='keys/poll-*' -cf "$target/keys.tar" keys
ls -l "$target"
