"""PDF pages set by typst, in a process of its own that ends with the page.

Once typst has run in a process, every child forked from it hangs for ever (its thread pool is gone there), so it never
runs in a web or a job process. What is printed goes in by a pipe and comes back by a pipe: codes on slips touch no disk.
"""
import json
import subprocess
import sys
from pathlib import Path

LONGEST = 60  # seconds; 600 slips, the most that are set in one go, take one of them


class PdfFailed(Exception):
    """The page was not set; the text says why, without what was to be printed."""


def pdf(template, data):
    """The PDF bytes of the typst file `template` (a path), which reads `data` as JSON: `json(bytes(sys.inputs.data))`.

    Raises PdfFailed, also when a font of the template is not installed: typst alone would print empty boxes.
    """
    work = json.dumps({"template": Path(template).read_text(encoding="utf-8"), "data": data}).encode()
    try:
        done = subprocess.run(
            # -I: the kit's own folder is no place to import from (it has a numbers.py)
            [sys.executable, "-I", str(Path(__file__).resolve())], input=work, capture_output=True, timeout=LONGEST, check=False,
        )
    except subprocess.TimeoutExpired as reason:
        raise PdfFailed("setting the pages took too long") from reason
    if done.returncode:
        raise PdfFailed(done.stderr.decode(errors="replace").strip() or "typst died")
    return done.stdout


def _set_pages():
    """The child: read the work, write the PDF."""
    import typst

    work = json.loads(sys.stdin.buffer.read())
    try:
        pages, warnings = typst.compile_with_warnings(
            work["template"].encode(), sys_inputs={"data": json.dumps(work["data"])}, format="pdf"
        )
    except typst.TypstError as reason:
        sys.exit(str(reason.message))
    lost = [warning.message for warning in warnings if "unknown font family" in warning.message]
    if lost:
        sys.exit(lost[0])
    sys.stdout.buffer.write(pages)


if __name__ == "__main__":
    _set_pages()
