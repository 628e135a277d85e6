"""What every sample client prints."""

import pytest

PRINTED = """\
4 issues about innovation, first: 针对重点科创平台带动作用还不够明显问题
commonest kind of their measures: service, counted 10, listed 10
9.37亿元: Increase in Putuo's total society-wide R&D spending in 2022 over the previous year (3346–3393)
0.71个百分点: Rise, in percentage points, of the share of GDP taken by Putuo's society-wide R&D spending in 2022 (3346–3393)
10项: Specific measures put forward with the revised work plan on R&D intensity (3393–3423)
figures without an upper bound: 40余项, 至少一次
columns: notice,uid,url,number,title_en
422: limit allows 1 to 200
"""  # noqa: E501


@pytest.fixture
def printed() -> str:
    """The lines that a sample client prints, whatever its language."""
    return PRINTED
