"""The templates of what the gate found, by language and code; see `training.weekly.words`.

Several templates of a code are for findings with more or fewer facts: the first whose facts are all there
is used.
"""

from collections.abc import Mapping

Templates = Mapping[str, str | tuple[str, ...]]

ZH: Templates = {
    "no_rival": "没有可比的现用模型（尚未上线，或它已见过检验所用的日子）：候选模型与仅凭档案的匹配相比较",
    "rolled_back": "{by} 曾于 {at} 撤下这一版本：没有新数据，运行不会把它请回来",
    "live_damaged": "现用模型读不出来，候选模型与仅凭档案的匹配相比较：{error}",
    "quality_better": "{role:role}清单更好：nDCG@10 比{against:model}变化 {mean:signed}（95% 区间 "
    "{low:signed} 至 {high:signed}，用 {queries:count} 家企业检验）",
    "quality_same": "{role:role}清单不差：nDCG@10 比{against:model}变化 {mean:signed}（95% 区间 "
    "{low:signed} 至 {high:signed}，用 {queries:count} 家企业检验），下限在容许的 {margin:number} 之内",
    "quality_worse": "{role:role}清单变差：nDCG@10 比{against:model}变化 {mean:signed}（95% 区间 "
    "{low:signed} 至 {high:signed}，用 {queries:count} 家企业检验），容许变差 {margin:number}",
    "quality_unclear": "{role:role}清单难分高下：nDCG@10 比{against:model}变化 {mean:signed}（95% 区间 "
    "{low:signed} 至 {high:signed}，用 {queries:count} 家企业检验），容许变差 {margin:number}；"
    "{rule:rule}",
    "quality_unknown": "{role:role}清单只有 {queries:count} 家企业可供检验（至少要 {least:count} 家），"
    "看不出高下；{rule:rule}",
    "coverage_low": "{role:role}清单只出现了 {coverage:percent} 的{role:role}（现用模型 {live:percent}，"
    "至少要 {least:percent}）",
    "exposure_high": "{role:role}的曝光过于集中：基尼系数 {gini:number}（现用模型 {live:number}，至多 "
    "{most:number}）",
    "calibration_off": "{role:role}的匹配度不准：校准误差 {ece:number}，至多 {most:number}",
    "probes_failed": "已知的好搭配排得太靠后：{of:count} 对中只有 {passed:count} "
    "对在清单的前一半（至少要 {least:percent}），例如 {examples:list}",
    "probes_ok": "已知的好搭配 {of:count} 对中有 {passed:count} 对在清单的前一半",
    "role_missing": "候选模型不认识任何{role:role}，而现用模型认识",
    "slow": (
        "生成一份清单要 {milliseconds:number} 毫秒（现用模型 {live:number}，至多 {most:number}）",
        "生成一份清单要 {milliseconds:number} 毫秒（至多 {most:number}）",
    ),
    "large": (
        "模型文件有 {mebibytes:number} MiB（现用模型 {live:number}，至多 {most:number}）",
        "模型文件有 {mebibytes:number} MiB（至多 {most:number}）",
    ),
    "bounds_ok": "耗时与大小在限度之内：一份清单 {milliseconds:number} 毫秒，模型文件 {mebibytes:number} MiB",
    "differs_from_rehearsal": "候选模型的{role:role}清单与检验过的同法模型差别太大：前 10 名平均只有 "
    "{overlap:percent} 相同（至少要 {least:percent}）",
    "bundle_broken": "模型文件写出后读不回来：{error}",
}

EN: Templates = {
    "no_rival": "There is no live model to compare with (none yet, or it has seen the days that would judge "
    "it): the candidate is compared with matching by profiles alone",
    "rolled_back": "{by} rolled this very version back at {at}: without new data, a run does not "
    "bring it back",
    "live_damaged": "The live model cannot be read; the candidate is compared with matching by profiles "
    "alone: {error}",
    "quality_better": "Lists of {role:role} are better: nDCG@10 {mean:signed} against {against:model} "
    "(95% interval {low:signed} to {high:signed}, {queries:counted startup})",
    "quality_same": "Lists of {role:role} are no worse: nDCG@10 {mean:signed} against {against:model} "
    "(95% interval {low:signed} to {high:signed}, {queries:counted startup}), within the margin of "
    "{margin:number}",
    "quality_worse": "Lists of {role:role} are worse: nDCG@10 {mean:signed} against {against:model} (95% "
    "interval {low:signed} to {high:signed}, {queries:counted startup}; the margin is {margin:number})",
    "quality_unclear": "Nobody can tell which lists of {role:role} are better: nDCG@10 {mean:signed} "
    "against {against:model} (95% interval {low:signed} to {high:signed}, {queries:counted startup}; the "
    "margin is {margin:number}); {rule:rule}",
    "quality_unknown": "Lists of {role:role} can be judged by {queries:counted startup} only (at least "
    "{least:count} are needed); {rule:rule}",
    "coverage_low": "Lists show {coverage:percent} of the {role:role} only (live model {live:percent}, "
    "at least {least:percent})",
    "exposure_high": "Lists show few {role:role} too often: Gini coefficient {gini:number} (live model "
    "{live:number}, at most {most:number})",
    "calibration_off": "Scores of {role:role} are not what happens: calibration error {ece:number}, at "
    "most {most:number}",
    "probes_failed": "Known good pairs stand too far down: {passed:count} of {of:count} in the better "
    "half of their lists (at least {least:percent}), not so {examples:list}",
    "probes_ok": "{passed:count} of {of:counted known_good_pair} stand in the better half of their lists",
    "role_missing": "The candidate knows none of the {role:role}; the live model does",
    "slow": (
        "A list takes {milliseconds:number} ms (live model {live:number}, at most {most:number})",
        "A list takes {milliseconds:number} ms (at most {most:number})",
    ),
    "large": (
        "The bundle has {mebibytes:number} MiB (live model {live:number}, at most {most:number})",
        "The bundle has {mebibytes:number} MiB (at most {most:number})",
    ),
    "bounds_ok": "Quick and small enough: {milliseconds:number} ms a list, {mebibytes:number} MiB",
    "differs_from_rehearsal": "The candidate's lists of {role:role} are not those of what was judged: "
    "{overlap:percent} of the first ten are the same (at least {least:percent})",
    "bundle_broken": "The bundle cannot be read back: {error}",
}
