"""Every mistake that can be made in an expression: what is wrong and what to write instead, in Chinese and English.

One line each: code | what | what to do | the same in English. `{part}` is the place in the text, the rest is given.
"""

from __future__ import annotations

_TABLE = """
empty | 没有内容 | 请写出条件或算式，例如 职工总数 <= 500人 | is empty | Write a condition or formula, such as staff <= 500 persons
long-text | 表达式超过{most}个字符 | 请拆成几条 | has more than {most} characters | Split it
too-deep | 括号套得太深（超过{most}层） | 请把内层拆成单独的条件 | has brackets nested more than {most} deep | Move the inner parts into conditions of their own
too-long-chain | 连写的项太多（超过{most}层） | 请拆成几条 | has a chain of more than {most} steps | Split it
strange-sign | 不认识这个符号 | 请删去，或改用 + - * / >= <= = 且 或 非 | is a sign that has no meaning here | Remove it, or use + - * / >= <= = and or not
foreign-sign | 这里不用这个符号 | 请改写为“{right}” | is not used here | Write "{right}" instead
open-quote | 引号没有成对 | 请在文字后面补上引号 | has no closing quotation mark | Close the quotation mark behind the text
no-such-day | 没有这一天 | 请核对年月日，例如 2026-01-31 | is no day | Check year, month and day, such as 2026-01-31
far-day | 日期超出1900年至2199年 | 请核对年份 | lies outside of 1900 to 2199 | Check the year
grouped-digits | 数字里的逗号会被当作分隔 | 请写 {plain}；若是两个数，请在逗号后空一格 | has a comma that separates values here | Write {plain}; for two numbers put a space behind the comma
long-number | 数字太长 | 请用 万、亿 或百分数改写，最多18位 | is too long | Use 万, 亿 or a percentage, at most 18 digits
unknown-unit | 不认识单位“{unit}” | 请用常用单位，例如 万元、%、人、件、年、个月、天、个工作日、分 | has an unknown unit "{unit}" | Use a common unit such as 万元, %, 人, 件, 年, 月, 天, 工作日, 分
above-below | “以上、以下”不能写在数字后面 | 请在数字前写 {right} | has 以上 or 以下 behind a number | Write {right} before the number
missing-times | 数字与“{word}”之间缺少运算符 | 若要相乘，请写 * ，例如 5% * {word} | has no operator between the number and "{word}" | To multiply write *, such as 5% * {word}
many-periods | 期数要在1到{most}之间 | 请改写，例如 近3年 | wants between 1 and {most} periods | Write for instance 近3年 or last 3 years
stray-bracket | 多了一个右括号 | 请删去，或补上前面的左括号 | is a closing bracket too many | Remove it, or add the opening one
stray-comma | 逗号或冒号只能用在函数的括号里 | 多个条件请用 且 或 或 连接 | stands outside of a function | Join conditions with and or or
stray-else | “其他”只能写在 band（分档）、score（评分）的最后 | 请改用 if(条件, 值, 否则的值) | belongs at the end of band or score | Use if(condition, value, other value)
operator-expected | 前面已是完整的值，这里缺少运算符 | 请在中间补上 且、或、>=、+ 之类的符号；名称中间不能有空格 | follows a complete value without an operator | Put and, or, >=, + or the like between them; names have no spaces
chained | 不能连着写两个比较 | 请拆开用 且 连接，例如 1亿 < 销售收入 且 销售收入 <= 2亿 | has two comparisons in a row | Join them with and, such as 1亿 < sales-revenue and sales-revenue <= 2亿
stray-moment | 时间词不能单独使用 | 请写在指标后面并加 @，例如 销售收入@上年 | is a time word that stands alone | Put it behind a fact with @, such as sales-revenue@last year
ends-early | 表达式没有写完 | 请在末尾补上数值、名称或右括号 | ends too early | Add a value, a name or the closing bracket at the end
value-expected | 这里应当是数值、名称或括号 | 请检查前面是否多了一个运算符 | stands where a value, name or bracket is expected | Check for an operator too many before it
list-here | 括号里只能有一个值 | 若是函数，请在括号前写函数名；若是代码表，请在前面写 属于 | makes a list of a bracket | Put the name of a function before the bracket, or 属于 (in) for codes
open-bracket | 括号没有成对 | 请补上右括号 | has no closing bracket | Add the closing bracket
field-expected | 点后面应当是字段名 | 请写例如 技术合同.成交额 | wants the name of a field behind the point | Write for instance contracts.value
moment-expected | @ 后面应当是期间 | 请写 @上年、@前年、@2024年 或 @-2（往前第2期） | wants a period behind @ | Write @last year, @year before last, @2024 or @-2 (two periods back)
unknown-function | 没有函数“{word}” | {hint} | is no function | {hint_en}
else-colon | “其他”后面缺少冒号 | 请写 else: 结果 | wants a colon | Write else: result
code-expected | “属于”后面应当是代码、名称或带引号的文字 | 请写例如 行业代码 属于 26 或 属于 (26, 27) | wants a code, name or quoted text behind in | Write for instance industry-code in 26 or in (26, 27)
number-wanted | 这里应当是数，写的是{found} | 请检查名称，或改用条件 | wants a number, not {found_en} | Check the name, or make it a condition
condition-wanted | 这里应当是条件（是或否），写的是{found} | 请补上比较，例如 > 0 | wants a condition, not {found_en} | Add a comparison, such as > 0
units-differ | {one}不能与{other}比较或相加 | {advice} | puts {one_en} together with {other_en} | {advice_en}
money-unit | 金额没有写单位 | 请写 {number}元 或 {number}万元 | is an amount without a unit | Write {number}元 or {number}万元
part-of-fen | 金额小于一分 | 请最多写到分，例如 0.01元 | is smaller than a fen | Write fen at the smallest, such as 0.01元
stray-period | 近几年只能写在 sum、average、count 的第二个位置 | 请写例如 sum(研发费用, 近3年) | belongs at the second place of sum, average or count | Write for instance sum(rd-expense, last 3 years)
dates-added | 两个日期不能这样相加减 | 两个日期之间的天数请写 后一日期 - 前一日期 | adds or subtracts dates in a way that has no meaning | Write later date - earlier date for the days between them
time-wanted | 日期只能加减一段时间，写的是{found} | 请写 1年、6个月、30天 或 10个工作日 | moves a date by {found_en} | Write 1年, 6个月, 30天 or 10个工作日 (1 year, 6 months …)
time-constant | 日期加减的时间必须是写明的数或参数 | 请不要用指标计算 | moves a date by a time that is computed | Use a number or a parameter
time-whole | 日期加减的时间必须是整数 | 半年请写 6个月 | moves a date by a time that is not whole | Half a year is written 6个月 (6 months)
by-zero | 除数是零 | 请检查除数 | divides by zero | Check the divisor
date-and-number | 日期不能与数比较 | 成立满几年请写 age(日期) >= 1年；也可与日期比较，例如 >= 2024-01-01 | compares a date with a number | Write age(date) >= 1年 for full years, or compare with a day such as 2024-01-01
no-order | {found}没有大小之分 | 请用 =、!= 或 属于 | asks for the order of {found_en} | Use =, != or in
kinds-differ | {one}不能与{other}比较 | 请检查两边的名称；是否类写 = 是，文字请加引号 | compares {one_en} with {other_en} | Check both names; yes/no is compared with yes, texts stand in quotation marks
unknown-name | 没有叫“{word}”的指标或参数 | {hint} | names no fact or parameter | {hint_en}
chinese-number | 数字请用阿拉伯数字 | 请写例如 3年、5000万元 | is a number in words | Use digits, such as 3年 or 5000万元
moment-before | 时间词要写在指标后面 | 请写 {name}@{moment} | has its time word before the name | Write {name}@{moment}
text-quotes | 没有叫“{word}”的指标或参数 | 若是文字，请加引号，例如 “{word}” | names no fact or parameter | Put quotation marks around a text, such as "{word}"
code-quotes | {found}不能与数比较 | 代码请写 属于 {number}，或 = "{number}" | compares {found_en} with a number | Write in {number}, or = "{number}"
unknown-field | “{relation}”没有字段“{word}” | 可用的字段：{listed} | is no field of "{relation_en}" | Its fields are: {listed_en}
minus-spaces | 没有这个名称 | 若是相减，请在减号两边空格 | is not a name | To subtract, put spaces around the minus
relation-alone | “{word}”是一组记录，不能直接当作数 | 请写 count({word}, 条件) 或 sum({word}.字段) | is a list of records, not a value | Write count({word}, condition) or sum({word}.field)
moment-of-parameter | “{word}”不是指标，不分期 | 请去掉 @ 及后面的期间 | asks for a period of what is no fact | Remove @ and the period
term-in-sum | “{word}”已有自己的年度，不能再按期合计 | 请在合计里直接写算式 | puts a formula that speaks of its own periods into a sum over periods | Write the formula out inside of the sum
moment-of-timeless | “{word}”不分期，取最近一次的值 | 请去掉 @ 及后面的期间 | asks for a period of a fact that has none | Remove @ and the period
moment-in-sum | 合计里的指标按各年取值，不能再指定期间 | 请去掉 @ 及后面的期间 | fixes a period inside of a sum over periods | Remove @ and the period
period-differs | “{word}”是{own}数据，这里按{asked}取值 | 请改用{own}的期间（如 {example}），或换一个指标 | "{word_en}" is {own_en}, but is asked for as {asked_en} | Use its own periods, or another fact
member-of-what | {found}不能用 属于 | 属于只用于代码和文字 | uses in with {found_en} | Only codes and texts can be in a list
no-tree | 没有代码表“{tree}” | 请补上代码表，或改用文字比较 | has no list of codes "{tree}" | Provide the list, or compare texts
unknown-code | 代码表里没有“{word}” | {hint} | is not in the list of codes | {hint_en}
timeless-in-sum | “{word}”不分期，不能按期合计、平均或计数 | 请直接使用，或换一个按年（季、月）填报的指标 | "{word_en}" has no periods to go over | Use it as it is, or another fact
sum-of-what | “{word}”缺少期间 | 请写例如 {word}(研发费用, 近3年)；几个数相加请用 + | has no period | Write for instance {word}(rd-expense, last 3 years); add values with +
arguments | “{word}”的参数个数不对（写了{found}个） | 请写例如 {example} | takes another number of values than {found} | Write for instance {example_en}
too-many-values | “{word}”写了{found}项，最多{most}项 | 请分成几个算式，再合起来 | has {found} values, at most {most} are taken | Split it into several and put them together
stray-key | “{word}”的参数不用冒号 | 请写例如 {example} | takes no key with a colon | Write for instance {example_en}
extreme-of-years | “{word}”不按年取值 | 请写出要比较的值，例如 {word}(净利润@上年, 净利润@前年) | does not go over years | Write the values out, such as {word}(net-profit@last year, net-profit@year before last)
round-share | 比例取整要写明精度 | 请写例如 round(研发费用 / 销售收入, 0.1%) | rounds a share without saying to what | Write for instance round(rd-expense / sales-revenue, 0.1%)
round-step | 取整的精度必须是写明的正数 | 请写例如 1元、1万元、0.1% | rounds to something that is not a positive number | Write for instance 1元, 1万元, 0.1%
branches-differ | if 的两个值不是同一类（{one}、{other}） | 请让两个值都是数、都是日期、都是文字或都是条件 | has two values of different kinds ({one_en}, {other_en}) | Make both numbers, dates, texts or conditions
date-wanted | 这里应当是日期，写的是{found} | 请用日期类的指标，例如 注册日期 | wants a date, not {found_en} | Use a fact that is a date, such as registered-on
count-of-field | 计数的对象是记录，不是字段 | 请去掉点和字段名 | counts records, not a field | Remove the point and the field
sum-of-relation | “{word}”是一组记录，要写明合计哪个字段 | 可合计的字段：{listed} | sums records without saying which field | Fields that can be summed: {listed}
nested-sum | 合计里不能再套合计 | 请把里面的合计单独写 | nests a sum over periods in another | Write the inner sum apart
years-of-rows | “{relation}”的记录没有年度数据 | 请用记录的日期字段作条件 | asks records of "{relation_en}" for years | Use a date of the record as a condition
nothing-yearly | 里面没有按期填报的指标 | 请至少用一个年度（季度、月度）指标 | holds nothing that has a value for each period | Use at least one fact with periods
table-value | “{word}”的第一个位置应当是要查的值 | 请写例如 band(销售收入, 5000万: 5%, else: 3%) | wants the value first | Write for instance band(sales-revenue, 5000万: 5%, else: 3%)
table-else | “{word}”缺少最后的“其他” | 请在末尾加 else: 结果 | has no else at its end | Add else: result
table-else-last | “其他”要写在最后 | 请移到末尾 | has else before its end | Move it to the end
table-empty | “{word}”至少要有一档 | 请写例如 band(销售收入, 5000万: 5%, else: 3%) | has no band | Write for instance band(sales-revenue, 5000万: 5%, else: 3%)
table-key | “{word}”的每一档要写成 界限: 结果 | 请补上界限和冒号 | has a band without key | Write key: result
table-key-constant | 档的界限必须是写明的数或参数 | 请不要用指标作界限 | has a key that is computed | Use a number or a parameter
table-key-twice | 这个界限写了两次 | 请删去一个 | is a key that stands there twice | Remove one of them
band-order | band（分档）的界限要从小到大，界限本身归入该档 | 请调整顺序；若界限是下限，请改用 score（评分） | has keys out of order; band wants them rising, each the last of its band | Reorder them, or use score where keys are lower limits
score-order | score（评分）的界限要从大到小，界限本身归入该档 | 请调整顺序；若界限是上限，请改用 band（分档） | has keys out of order; score wants them falling, each the first of its band | Reorder them, or use band where keys are upper limits
too-many-steps | 展开后有{found}步运算，超过{most}步 | 请拆成几条，少套几层公式，或减少期数 | unfolds into {found} steps, at most {most} are taken | Split it, nest fewer formulas, or take fewer periods
too-large | 中间结果可能超过38位，无法保证精确 | 请先用 round(…) 取整，或减少连乘、连除 | can grow beyond 38 digits, so it could not be exact | Round parts of it first, or multiply and divide less
too-involved | 对每条记录的条件太复杂 | 请拆成几条较短的条件 | asks too involved a question of each record | Split it into shorter conditions
wanted-condition | 这里需要条件，算出来的是{found} | 请补上比较，例如 >= 60分 | must be a condition, but gives {found_en} | Add a comparison, such as >= 60分
wanted-number | 这里需要数，算出来的是{found} | 请写成算式 | must be a number, but gives {found_en} | Write a formula
wanted-money | 这里需要金额，算出来的是{found} | 请检查单位，金额写 元 或 万元 | must be an amount of money, but gives {found_en} | Check the units; amounts are in 元 or 万元
parameter-value | 参数“{word}”的值不合要求 | 请核对类型、单位和大小 | gives parameter "{word}" a value that does not fit | Check its type, unit and size
parameter-order | 参数使各档界限的顺序不对 | 请核对参数的值 | has keys out of order through its parameters | Check the values of the parameters
"""


def _read(table: str) -> dict[str, tuple[str, str, str, str]]:
    found = {}
    for line in table.strip().splitlines():
        code, what, remedy, what_en, remedy_en = line.split(" | ")
        found[code] = (what, remedy, what_en, remedy_en)
    return found


MESSAGES = _read(_TABLE)
