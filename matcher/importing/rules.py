"""The rules that a cell or row may break: one code each, worded in English and Chinese, with an example.

A rule is a string, its English wording, so that it fits `InvalidInput.rule` and travels inside the error.
"""

from enum import StrEnum


class Rule(StrEnum):
    """What must hold. The name in lower case is the code that machines read."""

    AMOUNT = "is not an amount"
    NUMBER = "is not a number"
    GROUPING = "has commas that do not separate thousands"
    NEGATIVE = "must not be negative"
    TOO_LARGE = "is larger than 10^15"
    RANGE_ORDER = "is a range whose first figure is larger than its second"
    TICKET_ORDER = "is the smallest ticket and more than the largest, which stands beside: swap the two"
    CURRENCY = "is not a known currency"
    CURRENCY_CLASH = "names two currencies"
    PERCENT = "is not a percentage"
    MONTHS = "is not a number of months or years"
    WHOLE = "is not a whole number"
    RATING = "is not a rating from 1 to 5"
    BOOLEAN = "is neither yes nor no"
    DATE = "is not a date"
    NO_SUCH_DAY = "is a day that the calendar does not have"
    YEAR_MISSING = "is a day without a year"
    YEAR_SHORT = "has a year of two digits"
    DAY_OR_MONTH = "may be read as day/month or month/day"
    MONTH_CUT = "is a number that may stand for month 1 or month 10"
    YEAR = "is outside the years 1900 to 2100"
    STATUS = "is not a known status"
    TYPE = "is not a known kind of interaction"
    REQUIRED = "is missing"
    NAMELESS = "is missing: a row needs an id or a name"
    CELL_COUNT = "has more cells than the header row has columns"
    QUOTES = "has a quotation mark that is not doubled inside a quoted cell, or never closed"
    FORMULA = "is a formula; only values are imported (copy, then paste as values)"
    SHEET_ERROR = "is an error of the spreadsheet"
    UNKNOWN_LABEL = "is not in the catalogue; it is kept as a free tag"
    MISSPELT_LABEL = "is not in the catalogue; it is kept as written and matched as the label shown"
    APPROXIMATE = "is not exact; it was read as the figure shown"
    RATE_AS_FRACTION = "was read as a fraction of one, that is as the percentage shown"
    MERGED_CELLS = "are merged cells; only their first cell has the value"
    UNKNOWN_COLUMN = "is not a column of this kind of file; it is ignored"
    REPEATED_COLUMN = "means the same as an earlier column; it is ignored"
    ID_REPEATED = "is the id of an earlier row that differs"
    ID_MERGED = "was merged with the id of an earlier row that differs: both are one profile"
    NAME_REPEATED = "is the name of an earlier row that differs; give both rows an id"
    ID_OF_OTHER_ROLE = "is already the id of a profile of another role; ids are unique in an organisation"
    UNKNOWN_STARTUP = "is no startup's id or name"
    UNKNOWN_PARTNER = "is no mentor's or investor's id or name"
    AMBIGUOUS_NAME = "is the name of several profiles; give the id"
    NOT_A_STARTUP = "is a partner, not a startup: are the two columns swapped?"
    NOT_A_PARTNER = "is a startup, not a partner: are the two columns swapped?"
    DAMAGED = "has places that do not decode; they show as \ufffd"
    TOTALS = "is a row of totals; it is left out"
    REMARK = "is a remark, not a row of the table; it is left out"
    NO_ROWS = "has a header row and no rows below it"
    NOT_IMPORTABLE = "is not a kind of file that is imported; it is left out"
    REFUSED = "could not be read; it is left out"
    UNSTORABLE = "has a character that no database keeps (NUL or half a surrogate pair); remove it"
    ID = "is no id: 1 to 100 printable characters without a colon"
    RESERVED = (
        'begins with "introduction " or "member ", as only Bole\'s own records do; put another word before it'
    )
    SOURCE_TAKEN = "is the source id of another record that is there; this row was not recorded"
    REQUEST = "is no request id: 1 to 64 letters, digits and hyphens"
    TOO_LONG = "is too long (at most 300 characters in a name, 50,000 in a description, 1,000 elsewhere)"
    TOO_MANY = "are too many labels (at most 200)"
    PROFILE = "breaks a rule of profiles"

    @property
    def code(self) -> str:
        """The rule's name for machines, e.g. "no_such_day"."""
        return self.name.lower()

    @property
    def by_example(self) -> bool:
        """Whether what stands beside the problem shows the form of a right value, not what was meant."""
        return self in _BY_EXAMPLE

    @property
    def chinese(self) -> str:
        """The rule worded in Chinese."""
        return CHINESE[self]


_BY_EXAMPLE = frozenset((Rule.NUMBER, Rule.AMOUNT, Rule.PERCENT, Rule.MONTHS, Rule.DATE, Rule.CURRENCY))

CHINESE: dict[Rule, str] = {
    Rule.AMOUNT: "不是金额",
    Rule.NUMBER: "不是数字",
    Rule.GROUPING: "逗号不是千位分隔符",
    Rule.NEGATIVE: "不能为负数",
    Rule.TOO_LARGE: "超过 10^15",
    Rule.RANGE_ORDER: "区间的前一个数大于后一个数",
    Rule.TICKET_ORDER: "是最小金额，却大于旁边所示的最大金额：请对调两者",
    Rule.CURRENCY: "不是已知币种",
    Rule.CURRENCY_CLASH: "出现两种币种",
    Rule.PERCENT: "不是百分比",
    Rule.MONTHS: "不是月数或年数",
    Rule.WHOLE: "不是整数",
    Rule.RATING: "不是 1 到 5 的评分",
    Rule.BOOLEAN: "既不是“是”也不是“否”",
    Rule.DATE: "不是日期",
    Rule.NO_SUCH_DAY: "日历上没有这一天",
    Rule.YEAR_MISSING: "只有月日，缺少年份",
    Rule.YEAR_SHORT: "年份只有两位",
    Rule.DAY_OR_MONTH: "可读作日/月，也可读作月/日",
    Rule.MONTH_CUT: "是数字，可能是 1 月也可能是 10 月",
    Rule.YEAR: "不在 1900 年至 2100 年之间",
    Rule.STATUS: "不是已知状态",
    Rule.TYPE: "不是已知互动类型",
    Rule.REQUIRED: "缺失",
    Rule.NAMELESS: "缺失：每行需要编号或名称",
    Rule.CELL_COUNT: "单元格多于表头列数",
    Rule.QUOTES: "引号未成对：单元格内的引号须写两次",
    Rule.FORMULA: "是公式；只导入数值（请复制后选择性粘贴为数值）",
    Rule.SHEET_ERROR: "是表格的错误值",
    Rule.UNKNOWN_LABEL: "不在目录中；作为自由标签保留",
    Rule.MISSPELT_LABEL: "不在目录中；按原样保留，匹配时视为所示标签",
    Rule.APPROXIMATE: "不是确切数字；按所示数字读取",
    Rule.RATE_AS_FRACTION: "按小数读取，即所示百分比",
    Rule.MERGED_CELLS: "是合并单元格；只有第一格有值",
    Rule.UNKNOWN_COLUMN: "不是此类文件的列；已忽略",
    Rule.REPEATED_COLUMN: "与前面的列含义相同；已忽略",
    Rule.ID_REPEATED: "与前面内容不同的一行编号相同",
    Rule.ID_MERGED: "已与前面内容不同的一行的编号合并为同一档案",
    Rule.NAME_REPEATED: "与前面内容不同的一行名称相同；请为两行填写编号",
    Rule.ID_OF_OTHER_ROLE: "已是另一类档案的编号；编号在机构内唯一",
    Rule.UNKNOWN_STARTUP: "不是任何企业的编号或名称",
    Rule.UNKNOWN_PARTNER: "不是任何导师或投资方的编号或名称",
    Rule.AMBIGUOUS_NAME: "是多个档案的名称；请填写编号",
    Rule.NOT_A_STARTUP: "是导师或投资方，不是企业：两列是否填反？",
    Rule.NOT_A_PARTNER: "是企业，不是导师或投资方：两列是否填反？",
    Rule.DAMAGED: "有无法解码之处，显示为 \ufffd",
    Rule.TOTALS: "是合计行；已跳过",
    Rule.REMARK: "是附注，不是数据行；已跳过",
    Rule.NO_ROWS: "只有表头，没有数据行",
    Rule.NOT_IMPORTABLE: "不是可导入的文件；已跳过",
    Rule.REFUSED: "无法读取；已跳过",
    Rule.UNSTORABLE: "含有数据库无法保存的字符（NUL 或半个代理对）；请删除",
    Rule.ID: "不是编号：1 到 100 个可打印字符，不含冒号",
    Rule.SOURCE_TAKEN: "是另一条已有记录的来源编号；本行未记录",
    Rule.RESERVED: "以“introduction ”或“member ”开头，此前缀仅供伯乐自身记录使用；请在前面加上别的字",
    Rule.REQUEST: "不是请求编号：1 到 64 个字母、数字或连字符",
    Rule.TOO_LONG: "过长（名称最多 300 字，简介最多 50,000 字，其他最多 1,000 字）",
    Rule.TOO_MANY: "标签过多（最多 200 个）",
    Rule.PROFILE: "不符合档案要求",
}
