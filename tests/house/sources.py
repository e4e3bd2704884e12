"""What the house tests read: the project's own files, as git would keep them."""
import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("units", "campaign", "evaluations")
PRODUCT = (*APPS, "config", "demo")
TEXT = {".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".sh", ".yml", ".service", ".conf", ".svg", ".cfg", ".po", ""}


@cache
def files():
    """Every file that is tracked or would be, relative to the root; without git (an unpacked archive) every file."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True,
    )
    if listing.returncode == 0:
        names = [Path(name) for name in listing.stdout.split("\0") if name]
    else:
        hidden = {".venv", "var", "node_modules", "__pycache__"}
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = [path for path in found if not hidden & set(path.parts) and not path.parts[0].endswith("_cache")]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def text_files():
    """(path, text) of every file that a person would read."""
    for path in files():
        if path.suffix in TEXT and "vendor" not in path.parts:
            try:
                yield path, (ROOT / path).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def modules(*folders):
    """(path, text) of the Python modules below the named folders, without migrations."""
    for path in files():
        if path.suffix == ".py" and path.parts[0] in folders and "migrations" not in path.parts:
            yield path, (ROOT / path).read_text(encoding="utf-8")


def templates():
    """(path, text) of every template."""
    for path in files():
        if path.parts[0] == "templates":
            yield path, (ROOT / path).read_text(encoding="utf-8")


def names_in(text):
    """Dotted names that a module uses: `timezone.now`, `clock`, imported modules and the names taken from them."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
    return found
