"""What is wrong with a form's workbook, in words that a team leader understands.

Each finding names sheet, row and column, and says what to do. The words stand here, one entry a code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from server.forms import findings_media, words_running

# code → (zh, en). `{value}` is what stands in the cell.
WORDS: dict[str, tuple[str, str]] = {
    "not_a_workbook": (
        "这个文件读不成表格。请用 Excel（.xlsx）、CSV 或 Markdown 表格，里面要有 survey 这张表。",
        "This file cannot be read as a workbook. Please use Excel (.xlsx), CSV or Markdown tables with a "
        "sheet called survey.",
    ),
    "sheet_missing": (
        "缺少名为“{value}”的表。请加上这张表。",
        'The sheet "{value}" is missing. Please add it.',
    ),
    "column_missing": (
        "缺少“{value}”这一列。请加上这一列。",
        'The column "{value}" is missing. Please add it.',
    ),
    "column_unknown": (
        "不认识“{value}”这一列。请检查写法；自己的备注请放在 remark 列。",
        'The column "{value}" is not known. Please check its spelling; own remarks belong in a column called '
        "remark.",
    ),
    "column_refused": (
        "不用“{value}”这一列：{zh}。请清空这一格，或换一种问法。",
        'The column "{value}" is not used: {en}. Please empty this cell, or ask in another way.',
    ),
    "type_missing": (
        "这一行没有题型。请在 type 列写上题型，如 text、integer、select_one。",
        "This row has no type. Please write one in the column type, such as text, integer or select_one.",
    ),
    "type_unknown": (
        "不认识题型“{value}”。请检查写法，如 text、integer、select_one 列表名。",
        'The type "{value}" is not known. Please check its spelling, as in text, integer, select_one list.',
    ),
    "type_refused": (
        "不用“{value}”这种题：{zh}。请去掉这一行，或换一种题型。",
        'Questions of the type "{value}" are not used: {en}. Please remove the row or choose another type.',
    ),
    "list_missing": (
        "没有写用哪个选项列表。请写成 select_one 列表名。",
        "No choice list is named. Please write select_one and the list's name.",
    ),
    "list_unknown": (
        "choices 表里没有“{value}”这个选项列表。请补上选项，或改正列表名。",
        'The sheet choices has no list "{value}". Please add its choices, or correct the name.',
    ),
    "or_other_refused": (
        "or_other 只用在 choices 表里有选项、也没有 choice_filter 的选择题上。"
        "请自己加一个“其他”选项，再加一道选了它才问的文字题。",
        "or_other belongs to a question whose choices stand in the sheet choices, without a choice_filter. "
        "Please add a choice of your own to the list, and a text question that is asked when it is chosen.",
    ),
    "filter_not_here": (
        "choice_filter 只用在选择题上，也不能用在门口那道题上：它的选项要随时都在。请清空这一格。",
        "A choice_filter belongs to a question with choices, and not to the one at the door, whose choices "
        "must always be there. Please empty this cell.",
    ),
    "filter_column_unknown": (
        "choice_filter 里的“{value}”不是名单里的一列。可以用的有：{known}。",
        'In choice_filter "{value}" is no column of the list. These are: {known}.',
    ),
    "list_not_in_repeat": (
        "“{value}”不在重复组（repeat）里，不能从它的答案里选。请改成重复组里的一道题。",
        '"{value}" stands in no repeat, so its answers are no list to choose from. Please name a question '
        "of a repeat.",
    ),
    "file_unknown": (
        "没有“{value}”这个名单：县里的是 {known}；表单自己的请和表单一起交上来。",
        'There is no list "{value}". The county has {known}; one of the form\'s own is given together with '
        "it.",
    ),
    "name_missing": (
        "这一行没有名字。请在 name 列写一个英文短名。",
        "This row has no name. Please write a short one in the column name.",
    ),
    "name_bad": (
        "名字“{value}”不能用。请以英文字母开头，只用字母、数字和下划线，不超过 40 个字符。",
        'The name "{value}" cannot be used. Please begin with a letter and use letters, digits and '
        "underscores, 40 at most.",
    ),
    "name_reserved": (
        "名字“{value}”是系统留用的。请换一个。",
        'The name "{value}" is kept for the system. Please choose another.',
    ),
    "name_twice": (
        "名字“{value}”在第 {first} 行已经用过。请换一个。",
        'The name "{value}" is used in row {first} already. Please choose another.',
    ),
    "label_missing": (
        "缺少{language}文字。两种语言都要写，手机上才能切换。",
        "The {language} text is missing. Please write both languages, so that the phone can switch.",
    ),
    "class_missing": (
        "没有写数据类别。请在 data_class 列写 none（一般）、personal（个人）或 sensitive（敏感）。",
        "The data class is missing. Please write none, personal or sensitive in the column data_class.",
    ),
    "class_unknown": (
        "数据类别“{value}”不认识。请写 none（一般）、personal（个人）或 sensitive（敏感）。",
        'The data class "{value}" is not known. Please write none, personal or sensitive.',
    ),
    "class_differs": (
        "字段清单里“{name}”的类别是 {listed}，这里写的是 {value}。请改成一致。",
        'In the list of fields "{name}" has the class {listed}, here it is {value}. Please make them agree.',
    ),
    "appearance_refused": (
        "不用“{value}”这种样式：{zh}。请清空这一格。可用的：{known}。",
        'The appearance "{value}" is not used: {en}. Please empty the cell. Used are: {known}.',
    ),
    "appearance_unknown": (
        "这种题没有“{value}”这种样式。请清空这一格，或检查写法。可用的：{known}。",
        'This type of question has no appearance "{value}". Please empty the cell, or check its spelling. '
        "It has: {known}.",
    ),
    "parameter_refused": (
        "不用参数“{value}”：{zh}。请去掉它。可用的：{known}。",
        'The parameter "{value}" is not used: {en}. Please remove it. Used are: {known}.',
    ),
    "parameter_unknown": (
        "这种题不能用参数“{value}”。请去掉它。可用的：{known}。",
        'This type of question has no parameter "{value}". Please remove it. It has: {known}.',
    ),
    "parameter_bad": (
        "参数“{name}”不能写“{value}”。可以写：{known}。",
        'The parameter "{name}" cannot be "{value}". It may be: {known}.',
    ),
    "parameter_missing": (
        "缺少参数“{value}”。照片请写明最长边的像素，如 max-pixels=1600，发送才快；"
        "range 请写明 start、end、step。",
        'The parameter "{value}" is missing. Please say how long a photo\'s longest side may be, as in '
        "max-pixels=1600, so that it is sent quickly; of a range say start, end and step.",
    ),
    "question_unknown": (
        "这里用到了“{value}”，但表里没有这道题。请检查名字。",
        'This refers to "{value}", but there is no such question. Please check the name.',
    ),
    "function_unknown": (
        "手机上不会算“{value}()”。请检查写法，或换一种写法。",
        'The phone cannot compute "{value}()". Please check its spelling, or write it another way.',
    ),
    "expression_open": (
        "这个式子的括号或引号没有配齐。请检查。",
        "The brackets or quotation marks of this expression do not match. Please check it.",
    ),
    "calculation_missing": (
        "计算题没有写怎么算。请在 calculation 列写上。",
        "This calculation has no formula. Please write one in the column calculation.",
    ),
    "group_not_closed": (
        "这个组没有结束。请在组的最后加一行 end_group。",
        "This group does not end. Please add a row end_group after its last question.",
    ),
    "group_not_open": (
        "这里结束了一个没有开始的组。请去掉这一行，或在前面加 begin_group。",
        "This ends a group that was not begun. Please remove the row, or add begin_group before.",
    ),
    "choice_twice": (
        "列表里“{value}”在第 {first} 行已经有了。请去掉一个。",
        'The list has "{value}" in row {first} already. Please remove one.',
    ),
    "choice_bad": (
        "选项值“{value}”不能用：不能有空格，不超过 64 个字符。",
        'The choice "{value}" cannot be used: no blanks, 64 characters at most.',
    ),
    "form_id_differs": (
        "form_id 是“{value}”，应当是“{expected}”。",
        'form_id is "{value}", it should be "{expected}".',
    ),
    "form_unknown": (
        "没有哪个服务项目用“{value}”这张表。请检查 form_id，或先写进 programme.yaml。",
        'No programme has a form "{value}". Please check form_id, or add it to programme.yaml first.',
    ),
    "version_bad": (
        "版本要写成年月日加两位序号，如 2026112401。现在是“{value}”。",
        'The version is the day and two digits, as 2026112401. It is "{value}".',
    ),
    "language_bad": (
        "default_language 要写“中文 (zh)”。现在是“{value}”。",
        'default_language must be "中文 (zh)". It is "{value}".',
    ),
    "entity_list_unknown": (
        "没有“{value}”这个名单。可用的名单：{known}。",
        'There is no list "{value}". The lists are: {known}.',
    ),
    "property_unknown": (
        "名单“{list}”没有“{value}”这一项。请检查 save_to。",
        'The list "{list}" has no property "{value}". Please check save_to.',
    ),
    "property_class": (
        "名单“{list}”的“{value}”是 {listed} 类，这道题是 {here} 类。两边要一致。",
        '"{value}" of the list "{list}" has the class {listed}, this question {here}. They must agree.',
    ),
    "save_to_nowhere": (
        "写了 save_to，但没有 entities 表，不知道存到哪个名单。",
        "There is a save_to but no sheet entities, so it is not known which list to save to.",
    ),
    "entities_one": (
        "一张表只能登记或改一个名单里的一项。请只留一行。",
        "A form makes or changes one entry of one list. Please keep one row.",
    ),
    "bind_unknown": (
        "programme.yaml 说“{role}”由题目“{value}”来答，但表里没有这道题。",
        'programme.yaml says that "{value}" answers "{role}", but the form has no such question.',
    ),
    "answer_unknown": (
        "programme.yaml 里的答案“{value}”，题目“{question}”的选项里没有。",
        'programme.yaml has the answer "{value}", which the question "{question}" does not offer.',
    ),
    "duty_unknown_question": (
        "任务“{duty}”的 counts_when 用到了“{value}”，但表里没有这道题。",
        'counts_when of the duty "{duty}" refers to "{value}", but the form has no such question.',
    ),
    "not_converted": (
        "ODK 的转换程序不接受这里：{value}",
        "ODK's converter does not take this: {value}",
    ),
    **findings_media.WORDS,
    **words_running.RUNNING,
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend, and where."""

    code: str
    sheet: str
    row: int | None = None
    column: str | None = None
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Literal["error", "warning"]:
        """An error keeps the form from being published; a warning should be known before it is."""
        return "warning" if self.code in words_running.WARNINGS else "error"

    def words(self, language: str) -> str:
        zh, en = WORDS[self.code]
        return (zh if language == "zh" else en).format_map(self.params)

    def where(self, language: str) -> str:
        """``survey 表第 5 行 type 列`` or ``sheet survey, row 5, column type``."""
        if "." in self.sheet:
            return self._where_in_file(language)
        if language == "zh":
            row = f"第 {self.row} 行" if self.row else ""
            column = f" {self.column} 列" if self.column else ""
            return f"{self.sheet} 表{row}{column}"
        return ", ".join(
            part
            for part in (
                f"sheet {self.sheet}",
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )

    def _where_in_file(self, language: str) -> str:
        """Of one of the form's own files, whose name stands in place of a sheet's."""
        if language == "zh":
            return f"文件 {self.sheet}" + (f" 第 {self.row} 行" if self.row else "")
        return f"file {self.sheet}" + (f", line {self.row}" if self.row else "")

    def json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "zh": self.words("zh"),
            "en": self.words("en"),
        }


class FormRefused(Exception):
    """The form cannot be published as it stands; every finding at once, so that it is mended in one go."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{each.where('en')}: {each.words('en')}" for each in findings))
        self.findings = findings
