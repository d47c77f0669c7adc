"""What is to be said of a delivered file: its fingerprint, the listed one, what the inputs come to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluator.records.findings import Finding, finding, has_errors
from evaluator.records.source import Place
from evaluator.storage.files import digest
from evaluator.verification import compare


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file: ``as-delivered``, ``changed``, ``missing``, ``extra``, ..."""

    path: str
    status: str
    findings: tuple[Finding, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.findings)


@dataclass(frozen=True, slots=True)
class Remade:
    """The delivery made again from the inputs that are there now: files by name.

    `fresh`: the inputs and rules are those of the delivery; where they are not, `why` says so in the words of
    a finding. `other` names the versions that are not those of the delivery, empty where all are the same.
    """

    files: Mapping[str, Path]
    fresh: bool
    why: str = ""
    other: str = ""

    def digest(self, name: str) -> str | None:
        """sha256 of a file made again; None where it is not made."""
        return digest(self.files[name]) if name in self.files else None


def digest_of(path: Path) -> str | None:
    """The sha256 of a file; None where there is none, empty where it cannot be read."""
    try:
        return digest(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError:
        return ""


def judge(name: str, path: Path, place: Place, listed: str | None, remade: Remade) -> Verdict:
    """The verdict on a delivered file; `listed` is its sha256 in the manifest, None where that has no row."""
    present, again = digest_of(path), remade.digest(name)
    if present is None:
        return Verdict(name, "missing", (finding("verify-output-missing", place),))
    if not present:
        return _changed(name, place, "，现在没有权限读取，或正被其他程序打开")
    if present == again and (remade.fresh or present == listed):
        return Verdict(name, "as-delivered")
    if present == listed:
        return _unlike(name, path, place, remade)
    if again is not None and (remade.fresh or again == listed):
        return _differing(name, path, place, remade, made_alike=again == listed)
    return _changed(name, place, remade.why)


def _differing(name: str, path: Path, place: Place, remade: Remade, *, made_alike: bool) -> Verdict:
    """A file that is not as listed, held against the one made again (the very one, if `made_alike`)."""
    found = compare(remade.files[name], path, place)
    other = [] if made_alike or not remade.other or not has_errors(found) else [_other(place, remade)]
    return Verdict(name, _status(found), (*other, *found))


def _unlike(name: str, path: Path, place: Place, remade: Remade) -> Verdict:
    """A file that is as the manifest says, and not what the inputs come to."""
    if not remade.fresh or name not in remade.files:
        return Verdict(name, "as-delivered")
    found = compare(remade.files[name], path, place)
    if not remade.other:
        return Verdict(name, "not-reproduced", (finding("verify-not-reproduced", place), *found))
    if has_errors(found):
        return Verdict(name, "not-reproduced", (_other(place, remade), *found))
    return Verdict(name, "same-content", (finding("verify-same-content", place, versions=remade.other),))


def _other(place: Place, remade: Remade) -> Finding:
    return finding("verify-other-version", place, versions=remade.other)


def _changed(name: str, place: Place, extent: str) -> Verdict:
    return Verdict(name, "changed", (finding("verify-output-changed", place, extent=extent),))


def _status(found: list[Finding]) -> str:
    if has_errors(found):
        return "changed"
    return "reviewed" if any(item.code == "verify-review-entered" for item in found) else "resaved"
