"""The templates of what the data checks found, by language and code; see `training.weekly.words`."""

from collections.abc import Mapping

ZH: Mapping[str, str] = {
    "profiles_none": "没有任何档案：请先导入企业、导师和投资方",
    "role_vanished": "现用模型学到的 {before:count} 个{role:role}档案已全部消失：请确认是否误删，"
    "或连接了别的数据库",
    "role_empty": "尚无{role:role}档案",
    "profiles_dropped": "{role:role}档案从 {before:count} 个减少到 {profiles:count} 个（减少 "
    "{share:percent}）：导出是否被截断，或连接了别的数据库？",
    "profiles_jumped": "{role:role}档案从 {before:count} 个猛增到 {profiles:count} 个："
    "是否把测试数据导入了正式库？",
    "role_inactive": "{profiles:count} 个{role:role}档案中只有 {active:count} 个在用（此前为 "
    "{before:percent}）：状态一列是否读错？",
    "interactions_dropped": "互动记录从 {before:count} 条减少到 {interactions:count} 条（减少 "
    "{share:percent}），而记录从不删除：是否连接了别的或较旧的数据库？",
    "profiles_ok": "档案齐全：{counts:roles}",
    "field_emptied": "{role:role}的“{field:field}”一列几乎全空：填写比例从 {before:percent} 降到 "
    "{share:percent}，请检查最近一次导入是否丢了这一列",
    "field_thinner": "{role:role}的“{field:field}”填写比例从 {before:percent} 降到 {share:percent}",
    "field_shifted": "{role:role}的“{field:field}”分布突变（PSI {index:number}）："
    "变化最大的是“{value:term}”，占比从 {before:percent} 变为 {share:percent}",
    "fields_ok": "{fields:count} 列的填写比例和取值分布与现用模型训练时相近",
    "fields_unknown": "没有现用模型训练时的记录，无法比较各列的变化",
    "duplicate_profiles": "{of:count} 个{role:role}档案中有 {profiles:count} 个（{share:percent}）"
    "除编号外与别的完全相同：同一份表格是否以新编号导入了两次？",
    "texts_repeated": "{profiles:count} 个{role:role}档案（{share:percent}）的介绍一字不差：“{text}”",
    "profiles_distinct": "{profiles:count} 个档案各不相同",
    "profiles_without_text": "{of:count} 个{role:role}档案中有 {profiles:count} 个（{share:percent}）"
    "没有文字介绍",
    "profiles_incomparable": "{of:count} 个{role:role}档案中有 {profiles:count} 个（{share:percent}）"
    "只有名称，无从比较",
    "texts_ok": "{profiles:count} 个档案有文字介绍",
    "labels_unknown": "{role:role}的“{field:field}”有 {share:percent} "
    "的标签不在目录之中（{labels:count} / {of:count}），例如“{example}”",
    "labels_ok": "标签大多在目录之中",
    "partners_full": "{of:count} 位{role:role}中有 {partners:count} 位（{share:percent}）本周期名额已满，"
    "不会出现在清单里",
    "capacity_ok": "导师和投资方尚有名额",
    "interactions_none": "还没有互动记录：只能凭档案匹配",
    "volume_unknown": "最近一周有 {interactions:count} 条互动；此前只有 {weeks:count} 周的记录（至少要 "
    "{least:count} 周），还看不出常态",
    "volume_none": "{since:day}之后再没有互动，此前 {weeks:count} 周通常每周 {usual:count} 条：是放假，"
    "还是数据没有导入？",
    "volume_low": "最近一周（{first:day}至{last:day}）只有 {interactions:count} 条互动，此前 "
    "{weeks:count} 周通常每周 {usual:count} 条：是放假，还是数据没有导全？",
    "volume_high": "最近一周（{first:day}至{last:day}）有 {interactions:count} 条互动，此前 "
    "{weeks:count} 周通常每周只有 {usual:count} 条：是否重复导入，或有程序代为点击？",
    "volume_ok": "最近一周有 {interactions:count} 条互动，此前 {weeks:count} 周通常每周 {usual:count} 条",
    "dates_in_future": "{interactions:count} 条互动的日期在未来（占近一季度及以后的 {share:percent}），"
    "最晚为{last:day}",
    "dates_implausible": "{interactions:count} 条互动（{share:percent}）早于 {earliest_year} 年，"
    "最早为{first:day}：空白日期是否被读成了 1900 年？",
    "dates_before_founding": "{interactions:count} 条互动（{share:percent}）比企业成立早一年以上："
    "表格的日期是否从 1904 年起算（相差四年零一天）？",
    "dates_on_one_day": "半年来的互动有 {share:percent} 记在{day:day}一天（{interactions:count} 条）："
    "是否把录入日期当成了发生日期？",
    "dates_ok": "{interactions:count} 条互动的日期合理",
    "dates_swapped": "日、月可以互换的日期中，有 {share:percent}（{interactions:count} / {of:count}）"
    "换过来才与同一对的其他日期相符：表格是否把日和月读反了？",
    "swaps_ok": "没有发现日、月读反的日期",
    "timing_impossible": "{of:count} 对中有 {pairs:count} 对（{share:percent}）先有答复、后有申请，"
    "或先评分、后见面：日期是否有误？",
    "timing_ok": "互动的先后顺序合理",
    "duplicate_events": "{of:count} 条互动中有 {interactions:count} 条（{share:percent}）与别的同一对、"
    "同一类型、同一天：同一份记录是否以新编号导入了两次？",
    "events_distinct": "互动几乎没有重复",
    "partner_dominates": "{among:among}有 {share:percent}（{interactions:count} 条）来自“{name}"
    "”一家（此前占 {before:percent}）：是否有人代为点击，或是测试？",
    "startup_dominates": "{among:among}有 {share:percent}（{interactions:count} 条）来自企业“{name}"
    "”（此前占 {before:percent}）：是否有人代为点击，或是测试？",
    "organisation_dominates": "{among:among}有 {share:percent}（{interactions:count} 条）来自机构“{name}"
    "”（此前占 {before:percent}）",
    "dominance_ok": "近期 {interactions:count} 条互动没有集中在某一家",
    "type_vanished": "近期几乎没有“{type:type}”的记录：按此前的比例应约有 {expected:count} 条，实有 "
    "{interactions:count} 条，这一步是否不再记录？",
    "events_shifted": "近期有互动的企业，“{field:field}”的分布变了：变化最大的是“{value:term}”，"
    "占比从 {before:percent} 变为 {share:percent}",
    "mix_ok": "近期互动的类型和企业分布与此前相近",
    "mix_unknown": "可比的互动只有 {interactions:count} 条（至少要 {least:count} 条），"
    "看不出类型和分布的变化",
    "ratings_same": "近半年的 {ratings:count} 个评分全是 {value:number}：是否提交了表单的默认值？",
    "ratings_ok": "{ratings:count} 个评分没有异常",
    "events_orphaned": "近半年的互动有 {share:percent}（{interactions:count} / {of:count}）"
    "的企业或伙伴已被删除，不能用来学习：名单是否换了编号？",
    "events_known": "近期互动的双方都在档",
}

EN: Mapping[str, str] = {
    "profiles_none": "There are no profiles: import startups, mentors and investors first",
    "role_vanished": "All {before:count} {role:role} that the live model knows are gone: were they "
    "deleted, or is this another database?",
    "role_empty": "There are no {role:role} yet",
    "profiles_dropped": "There are {profiles:count} {role:role}, down {share:percent} from {before:count}"
    ": was an export cut off, or is this another database?",
    "profiles_jumped": "There are {profiles:count} {role:role}, up from {before:count}: was test data "
    "imported?",
    "role_inactive": "Only {active:count} of {profiles:count} {role:role} are active ({before:percent} "
    "were): was the status column misread?",
    "interactions_dropped": "There are {interactions:count} interactions, down {share:percent} from "
    "{before:count}, and none is ever deleted: is this another or an older database?",
    "profiles_ok": "The profiles are there: {counts:roles}",
    "field_emptied": "The column “{field:field}” of {role:role} is almost empty: {share:percent} fill "
    "it, {before:percent} did. Did the last import lose it?",
    "field_thinner": "The column “{field:field}” of {role:role} is filled by {share:percent}, down "
    "from {before:percent}",
    "field_shifted": "The column “{field:field}” of {role:role} has other values than before (PSI "
    "{index:number}); most changed is “{value:term}”, from {before:percent} to {share:percent}",
    "fields_ok": "{fields:counted column} are filled as they were for the live model, with like values",
    "fields_unknown": "Nothing is known of the live model's data: columns cannot be compared",
    "duplicate_profiles": "{profiles:count} of {of:count} {role:role} ({share:percent}) repeat another "
    "one in all but the id: was a sheet imported twice under new ids?",
    "texts_repeated": "{profiles:count} {role:role} ({share:percent}) have one and the same text: “{text}”",
    "profiles_distinct": "{profiles:counted profile}, none of which repeats another",
    "profiles_without_text": "{profiles:count} of {of:count} {role:role} ({share:percent}) have no text",
    "profiles_incomparable": "{profiles:count} of {of:count} {role:role} ({share:percent}) have a name "
    "and nothing else: there is nothing to compare",
    "texts_ok": "{profiles:counted profile} with a text",
    "labels_unknown": "{share:percent} of the labels of {role:role} in “{field:field}” are in no "
    "catalogue ({labels:count} of {of:count}), for example “{example}”",
    "labels_ok": "Most labels are in the catalogues",
    "partners_full": "{partners:count} of {of:count} {role:role} ({share:percent}) have no place left "
    "this cycle and stand in no list",
    "capacity_ok": "Mentors and investors have places left",
    "interactions_none": "There are no interactions yet: profiles alone must do",
    "volume_unknown": "{interactions:counted interaction} last week; {weeks:counted week} before it (at "
    "least {least:count} are needed) do not tell what is usual",
    "volume_none": "No interactions since {since:day}; in {weeks:counted week} before there were usually "
    "{usual:count} a week. A holiday, or was nothing imported?",
    "volume_low": "Only {interactions:counted interaction} last week ({first:day} to {last:day}); in "
    "{weeks:counted week} before there were usually {usual:count}. A holiday, or was not all imported?",
    "volume_high": "{interactions:counted interaction} last week ({first:day} to {last:day}); in "
    "{weeks:counted week} before there were usually {usual:count}. Imported twice, or clicked by a "
    "program?",
    "volume_ok": "{interactions:counted interaction} last week; in {weeks:counted week} before there "
    "were usually {usual:count}",
    "dates_in_future": "{interactions:counted interaction} dated in the future ({share:percent} of the "
    "last quarter's and later ones), the last one on {last:day}",
    "dates_implausible": "{interactions:counted interaction} ({share:percent}) dated before "
    "{earliest_year}, the first one on {first:day}: were empty dates read as 1900?",
    "dates_before_founding": "{interactions:counted interaction} ({share:percent}) more than a year "
    "before the startup was founded: does the sheet count days from 1904 (four years and a day less)?",
    "dates_on_one_day": "{share:percent} of half a year's interactions ({interactions:count}) are dated "
    "{day:day}: is it the day of typing?",
    "dates_ok": "The dates of {interactions:counted interaction} are plausible",
    "dates_swapped": "{share:percent} of the dates that may be read day/month or month/day "
    "({interactions:count} of {of:count}) fit the rest of their pair only the other way round: did a "
    "spreadsheet swap them?",
    "swaps_ok": "No dates with day and month swapped",
    "timing_impossible": "{pairs:count} of {of:count} pairs ({share:percent}) have the answer before the "
    "request or the rating before the meeting: are the dates wrong?",
    "timing_ok": "Interactions are in a possible order",
    "duplicate_events": "{interactions:count} of {of:count} interactions ({share:percent}) repeat the "
    "pair, type and day of another: was a file imported twice under new ids?",
    "events_distinct": "Hardly any interaction is there twice",
    "partner_dominates": "{share:percent} of {among:among} ({interactions:count}) is of “{name}” alone "
    "({before:percent} before): does somebody click on everything, or is it a test?",
    "startup_dominates": "{share:percent} of {among:among} ({interactions:count}) is of the startup "
    "“{name}” alone ({before:percent} before): does somebody click on everything, or is it a test?",
    "organisation_dominates": "{share:percent} of {among:among} ({interactions:count}) is of the "
    "organisation “{name}” ({before:percent} before)",
    "dominance_ok": "Nobody stands out among {interactions:counted recent_interaction}",
    "type_vanished": "Hardly any “{type:type}” lately: {interactions:count}, where {expected:count} "
    "were to be expected. Is the step no longer recorded?",
    "events_shifted": "Startups with recent interactions are others in “{field:field}”; most changed "
    "is “{value:term}”, from {before:percent} to {share:percent}",
    "mix_ok": "Recent interactions are of the usual types and startups",
    "mix_unknown": "{interactions:counted interaction} to compare (at least {least:count} are needed) do "
    "not tell whether types or startups changed",
    "ratings_same": "All {ratings:count} ratings of the last half-year are {value:number}: is it the "
    "form's default?",
    "ratings_ok": "Nothing odd about {ratings:counted rating}",
    "events_orphaned": "{share:percent} of the last half-year's interactions ({interactions:count} of "
    "{of:count}) are of deleted profiles and cannot be learned from: did a list come back under new ids?",
    "events_known": "The profiles of recent interactions are there",
}
