"""Which characters sound alike: what a writer picks wrongly from the list that an input method shows.

The 3,755 common characters of GB 2312 stand in the order of their readings, so that the first character of
each syllable is all that need be known.
"""

import bisect
import functools

_FIRST = (
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻捕擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗"
    "蹿摧村磋搭呆耽当刀德蹬堤颠碉跌丁丢东兜督端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该干冈篙哥给根耕工钩辜刮乖"
    "棺光瑰辊锅哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸"
    "块宽匡亏坤括垃莱蓝琅捞勒雷棱厘俩联粮撩列琳玲溜龙楼芦驴峦掠抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇"
    "拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴女暖虐挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡扑期掐牵枪橇切钦青琼"
    "秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜苏酸"
    "虽孙蓑塌胎坍汤掏特藤梯天挑贴厅通偷凸湍推吞拖挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰"
    "一茵英哟拥幽迂鸳曰耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专桩椎谆捉兹鬃邹租钻嘴尊昨"
)
"""The first of the characters of each syllable, tones aside, in the order of GB 2312."""
_BEGIN, _END = 0xB0A1, 0xD7FA
_ROW = range(0xA1, 0xFF)


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters have the same reading, tones aside: 医 and 衣. Rare ones sound like nothing."""
    return other in homophones(one)


def homophones(character: str) -> str:
    """The common characters with its usual reading, tones aside, itself among them; "" for a rare one."""
    code = _code(character)
    if not _BEGIN <= code < _END:
        return ""
    syllable = bisect.bisect_right(_starts(), code) - 1
    return _syllables()[syllable]


@functools.cache
def _starts() -> list[int]:
    return [_code(character) for character in _FIRST]


@functools.cache
def _syllables() -> list[str]:
    """The characters of each syllable."""
    found = [""] * len(_FIRST)
    for code in (lead << 8 | trail for lead in range(_BEGIN >> 8, (_END >> 8) + 1) for trail in _ROW):
        if code < _END:
            found[bisect.bisect_right(_starts(), code) - 1] += code.to_bytes(2, "big").decode("gb2312")
    return found


def _code(character: str) -> int:
    """The two bytes of GB 2312; 0 for a character that it does not have."""
    encoded = character.encode("gb2312", "ignore")
    return int.from_bytes(encoded, "big") if len(encoded) == 2 else 0
