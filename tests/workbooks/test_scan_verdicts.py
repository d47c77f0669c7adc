"""What of a person's words beside a picture is a confirmation, and what is none."""

import pytest

from evaluator.workbooks.scan_verdicts import confirms


@pytest.mark.parametrize(
    "said",
    [
        "无误",
        "整页无误",
        "已更正",
        "是",
        "√",
        "对",
        "一致",
        "张三",
        "李四 已核对",
        "没有问题",
        "没错",
        "没有错误",
    ],
)
def test_a_confirmation__ok(said):
    assert confirms(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "　",
        "否",
        "不对",
        "不",
        "有误",
        "错",
        "×",
        "x",
        "N",
        "与图片不符",
        "未核对",
        "待核对",
        "？",
        "没看",
        "0",
    ],
)
def test_what_may_mean_that_it_is_wrong_is_none(said):
    assert not confirms(said)
