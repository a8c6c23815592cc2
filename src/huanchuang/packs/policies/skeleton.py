"""A new policy begins as a small example that runs: one dated figure, one condition of each way, an amount, five cases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huanchuang.packs.skeletons import header, readme

_BODY = """
# 支持方式：recognition 认定、subsidy 补助、reward 奖励、tax 税收、loan 贷款、voucher 券、service 服务、talent 人才、duty 义务
benefit: subsidy
# 把握程度：high 有原文、medium 转述、low 待核、example 虚构示例
confidence: example
summary:
  zh: 一句话说明给谁、给什么
  en: One sentence on who gets what
# 责任单位
office:
  zh: 区科技局
  en: District science and technology bureau
# 参数：会随年度调整的数；不知道的值留空，结果就是“无法判断”
parameters:
  - name: 补助比例
    name_en: share of support
    unit: "%"
    clause: 第三条
    values:
      - from: 2026-01-01
        value: 10%
# 条件：每条一项，须全部满足；by 省略为可计算，document 看材料，human 由人判断
requirements:
  - id: resident
    clause: 第二条(一)
    text: 在境内注册的居民企业
    text_en: A resident enterprise
    when: |
      居民企业
    papers:
      - 营业执照
  - id: rd-expense
    clause: 第二条(二)
    text: 上年研发费用不低于50万元
    text_en: R&D expense of the last year is at least 500,000 yuan
    when: |
      研发费用 >= 50万元
  - id: audit
    clause: 第二条(三)
    text: 研发费用经专项审计
    text_en: The R&D expense is audited
    by: document
    papers:
      - 研发费用专项审计报告
amount:
  clause: 第三条
  text: 按上年研发费用的10%补助，最高100万元
  text_en: 10% of the R&D expense of the last year, at most 1 million yuan
  is: |
    cap(研发费用 * 补助比例, 100万元)
"""
_SAMPLES = """\
# 样例企业：案例用 like 引用；分年指标只写一个值就是上年的值
samples:
  - name: 一般企业
    facts:
      居民企业: 是
      研发费用: 200万元
"""
_CASES = """\
# 案例：ask 问什么（result、amount、failed、unknown、missing、quickest、distance，或某条要求、某个算式），of 哪一天，
# more 里 like 样例、facts 改动、answers 对材料和人工判断的答复，gives 应得什么
cases:
  - name: 材料还没交，无法判断
    ask: missing
    of: 2026-03-01
    more:
      like: 一般企业
    gives: 研发费用经专项审计
  - name: 材料齐了就符合，补助20万元
    ask: amount
    of: 2026-03-01
    more:
      like: 一般企业
      answers:
        audit: 是
    gives: 20万元
  - name: 研发费用恰好50万元，刚好够
    ask: rd-expense
    of: 2026-03-01
    more:
      like: 一般企业
      facts:
        研发费用: 50万元
    gives: yes
  - name: 差一分钱就不够，没交材料也是不符合
    ask: result
    of: 2026-03-01
    more:
      like: 一般企业
      facts:
        研发费用: 499999.99
    gives: no
  - name: 最高100万元
    ask: amount
    of: 2026-03-01
    more:
      like: 一般企业
      facts:
        研发费用: 1000.01万元
      answers:
        audit: 是
    gives: 100万元
"""


def skeleton(pack_id: str) -> Mapping[str, str]:
    """The files of a new policy."""
    return MappingProxyType(
        {
            "policy.yaml": header(pack_id, "新的政策", "New policy") + _BODY,
            "samples.yaml": _SAMPLES,
            "cases.yaml": _CASES,
            "README.md": readme(pack_id),
        }
    )
