"""Five statements about the quality of a project's data, the same wherever they are shown.

Where the data come from, how complete they are, what was checked, what people corrected, and what nobody has
verified: an auditor asks these five of every figure. Each sentence comes from the records; none is general.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evaluator.records.approved import Confidence
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Severity, catalogue
from evaluator.records.scores import Citation

_MOST = 3
_SHOWN = 12  # hexadecimal digits of a fingerprint that people compare by eye
_UNSURE_RULES = {
    "known": "处计分依据是据通行理解写的，未核对文件原文",
    "chosen": "处规则没有规定，按程序选定的办法计",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: `kind` for machines, title and text in Chinese."""

    kind: str
    title: str
    text: str


def data_quality(item: Evaluation) -> tuple[Statement, ...]:
    """The five statements about a project: source, completeness, checks, corrections, limits."""
    return (
        Statement("source", "来源", _source(item)),
        Statement("completeness", "完整性", _completeness(item)),
        Statement("checks", "检查", _checks(item)),
        Statement("corrections", "更正", _corrections(item)),
        Statement("limits", "局限", "；".join(_limits(item)) + "。"),
    )


def _source(item: Evaluation) -> str:
    approved = f"目标取自 {item.project.place.file}{_fingerprint(item.project.sha256)}"
    if item.submission is None:
        return f"{approved}；没有可用的填报表。"
    filled = f"完成情况取自 {item.submission.place.file}{_fingerprint(item.submission.sha256)}"
    sample = "，是演示用的示例数据，不是真实结果" if item.sample else ""
    return f"{approved}；{filled}{sample}。"


def _fingerprint(sha256: str) -> str:
    return f"（SHA-256 {sha256[:_SHOWN]}…）" if sha256 else ""


def _completeness(item: Evaluation) -> str:
    scored = len(item.scores) - item.unscored
    budget = "预算执行没有计分" if item.budget.score is None else "预算执行已计分"
    evidence = sum(bool(score.actual and score.actual.evidence) for score in item.scores)
    missing = [score.indicator.code for score in item.scores if score.score is None]
    gap = f"（没有计分的：{_some(missing, 10)}）" if missing else ""
    return (
        f"年度指标 {len(item.scores)} 个，已计分 {scored} 个{gap}；{budget}；"
        f"写明佐证材料的 {evidence} 个；{'可以评级' if item.complete else '不完整，不评级'}。"
    )


def _checks(item: Evaluation) -> str:
    codes = {code for code, message in catalogue().items() if message.topic == "checks"}
    found = {finding.code for finding in item.findings}
    passed = len(codes - found)
    done = f"做了 {len(codes)} 项检查，{passed} 项没有发现问题"
    if item.submission is None:
        done = "没有填报表，只检查了批复目标"
    counts = "、".join(f"{severity.label} {item.count(severity)} 条" for severity in Severity)
    titles = Counter(f.title for f in item.findings if f.severity is not Severity.NOTE)
    named = [title if count == 1 else f"{title} {count} 条" for title, count in titles.most_common()]
    return f"{done}；连同读取和计分，共有{counts}{f'（{_some(named, 6)}）' if named else ''}。"


def _corrections(item: Evaluation) -> str:
    words = [correction.words for correction in item.project.corrections]
    words += [f"{one.code} {c.words}" for one in item.project.annual for c in one.corrections]
    if not words:
        return "没有人工更正，按批复内容计分。"
    return f"人工更正 {len(words)} 处：{_some(words, _MOST, '；')}。"


def _limits(item: Evaluation) -> Iterator[str]:
    """What the figures rest on and nobody has verified."""
    yield "完成值由填报单位填写，佐证材料只登记名称，内容未经核对"
    unsure = [one.code for one in item.project.annual if one.confidence is not Confidence.HIGH]
    if unsure:
        yield f"批复表有 {len(unsure)} 行读得不完全有把握（{_some(unsure, 6)}），请对照原件"
    graded = [score.indicator.code for score in item.scores if score.rule == "banded"]
    if graded:
        yield f"{len(graded)} 个指标按人工评定的档次计分（{_some(graded, 6)}）"
    deducted = sum(bool(score.deduction) for score in item.scores)
    if deducted:
        yield f"{deducted} 个指标有人工扣减"
    for status, words in _UNSURE_RULES.items():
        count = len({c.text for c in _citations(item) if c.status == status})
        if count:
            yield f"{count} {words}"


def _citations(item: Evaluation) -> Iterator[Citation]:
    given = (item.budget.citation, *(score.citation for score in item.scores))
    return (citation for citation in given if citation is not None)


def _some(words: list[str], most: int, between: str = "、") -> str:
    return between.join(words[:most]) + (f"等 {len(words)} 处" if len(words) > most else "")
