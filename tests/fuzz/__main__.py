"""``python -m tests.fuzz [seconds]``: coverage-guided fuzzing of the text reader and the value parser.

Needs atheris, which does not install everywhere; hypothesis fuzzes the same in the ordinary tests. An
input that raises, or takes more than five seconds or 2 GB, ends the run with that input in a file.
"""

import sys
import tempfile
from pathlib import Path

try:
    import atheris
except ImportError:
    print("atheris is not installed: skipped")
    raise SystemExit(0) from None

with atheris.instrument_imports(include=["evaluator"]):
    from evaluator.forms import read_forms
    from evaluator.readers.text import read
    from evaluator.records.source import Place, Source
    from evaluator.values.quantities import read_quantity
    from evaluator.values.target import looks_like_value, read_target

PLACE = Place("a.txt")


def once(data: bytes) -> None:
    """One input, as a cell and as a file."""
    text = data.decode("utf-8", errors="replace")
    target, findings = read_target(text, 2026, PLACE)
    assert target.kind != "无法识别" or findings
    looks_like_value(text)
    read_quantity(text)
    rows, _ = read(data, "a.txt")
    reading = read_forms(Source("a.txt", "", tuple(rows)), 2026)
    assert len(reading.uses) >= sum(len(project.indicators) for project in reading.projects)


def main(seconds: str) -> None:
    """Fuzz for a time, starting from the real forms and the known expressions."""
    root = Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as folder:
        seeds = [path.read_bytes() for path in (root / "targets" / "2026" / "source").glob("*.txt")]
        seeds += [seed.replace(b"\t", between) for seed in seeds for between in (b" ", b"\n")]
        seeds += [
            line.split("\t")[0].encode()
            for line in (root / "tests" / "data" / "expressions.tsv").read_text(encoding="utf-8").splitlines()
        ]
        for number, seed in enumerate(seeds):
            (Path(folder) / f"seed{number}").write_bytes(seed)
        options = [
            f"-max_total_time={seconds}",
            "-timeout=5",
            "-rss_limit_mb=2048",
            "-max_len=20000",
            "-print_final_stats=1",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *options, folder], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "60")
