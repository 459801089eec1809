"""Words for what a new version changes, and for what that means to answers that are there already."""

from __future__ import annotations

# Those that touch what has been answered, or what is counted from it.
ATTENTION = frozenset(
    {
        "removed",
        "renamed",
        "retyped",
        "rows",
        "class",
        "choice_removed",
        "choice_label",
        "calculation_changed",
        "entity_removed",
        "entity_saves",
    }
)

# code → (zh, en)
WORDS: dict[str, tuple[str, str]] = {
    "title": ("表名：“{old}”改成“{new}”", 'Title: "{old}" becomes "{new}"'),
    "minutes": ("用时：{old} 分钟改成 {new} 分钟", "Time taken: {old} minutes become {new}"),
    "entity_added": ("这一版会登记或改名单", "This version adds to or changes a list"),
    "entity_removed": ("这一版不再改名单", "This version no longer changes a list"),
    "entity_saves": ("写进名单的项：{old} 改成 {new}", "Saved to the list: {old} becomes {new}"),
    "added": ("新加一题“{label}”（{name}）", 'New question "{label}" ({name})'),
    "removed": ("去掉一题“{label}”（{name}）", 'Question "{label}" ({name}) is gone'),
    "renamed": ("“{label}”的名字：{old} 改成 {name}", '"{label}" is called {name} now, it was {old}'),
    "retyped": (
        "“{label}”（{name}）的题型：{old} 改成 {new}",
        '"{label}" ({name}) changes its type: {old} → {new}',
    ),
    "rows": (
        "“{label}”（{name}）移进或移出了重复组",
        '"{label}" ({name}) moves into a repeat, or out of one',
    ),
    "moved": ("“{label}”（{name}）换了组", '"{label}" ({name}) stands in another group'),
    "class": (
        "“{label}”（{name}）的数据类别：{old} 改成 {new}",
        '"{label}" ({name}) changes its data class: {old} → {new}',
    ),
    "label": ("{name} 的问法：“{old}”改成“{new}”", '{name} is asked as "{new}", it was "{old}"'),
    "choice_added": (
        "“{label}”（{name}）多了选项“{choice}”（{value}）",
        '"{label}" ({name}) offers "{choice}" ({value}) too',
    ),
    "choice_removed": (
        "“{label}”（{name}）少了选项“{choice}”（{value}）",
        '"{label}" ({name}) no longer offers "{choice}" ({value})',
    ),
    "choice_label": (
        "“{label}”（{name}）的选项 {value}：“{old}”改成“{new}”",
        '"{label}" ({name}): the choice {value} reads "{new}", it was "{old}"',
    ),
    "condition_changed": (
        "“{label}”（{name}）什么时候问：{old} 改成 {new}",
        '"{label}" ({name}) is asked when {new}, it was {old}',
    ),
    "limit_changed": (
        "“{label}”（{name}）允许的答案：{old} 改成 {new}",
        '"{label}" ({name}) allows {new}, it was {old}',
    ),
    "calculation_changed": (
        "“{label}”（{name}）的算法：{old} 改成 {new}",
        '"{label}" ({name}) is computed as {new}, it was {old}',
    ),
    "required_changed": (
        "“{label}”（{name}）是否必填：{old} 改成 {new}",
        '"{label}" ({name}) must be answered: {new}, it was {old}',
    ),
    "locked_changed": (
        "“{label}”（{name}）是否只读：{old} 改成 {new}",
        '"{label}" ({name}) is read only: {new}, it was {old}',
    ),
    "filter_changed": (
        "“{label}”（{name}）给哪些选项：{old} 改成 {new}",
        '"{label}" ({name}) offers the choices where {new}, it was {old}',
    ),
}

MEANINGS: dict[str, tuple[str, str]] = {
    "added": (
        "以前的记录没有这一项，数据表里标明“这一版没问”。",
        "Records until now do not have it; the workbook marks them as not asked.",
    ),
    "removed": (
        "以前的回答都留着，数据表里仍有这一列；新的记录这一列标明“这一版没问”。",
        "What was answered stays and keeps its column; new records are marked as not asked.",
    ),
    "renamed": (
        "数据表按名字对列：以前的回答留在“{old}”一列，新的在“{name}”一列。想合在一列，请用回原来的名字。",
        'The workbook joins by name: older answers stay in the column "{old}", new ones come into '
        '"{name}". To '
        "keep one column, use the old name again.",
    ),
    "retyped": (
        "以前的回答按以前的题型留着，同一列里会有两种写法。",
        "What was answered keeps its type, so that one column will hold two kinds.",
    ),
    "rows": (
        "以前的回答留在原来的表里，新的在另一张表里。",
        "What was answered stays in its sheet, new answers come into another one.",
    ),
    "class": (
        "以前的回答仍按以前的类别保护，新的按新的。",
        "What was answered is guarded by its old class, new answers by the new one.",
    ),
    "label": (
        "以前的记录仍按当时的问法显示；意思变了的话，请换一个新名字。",
        "Older records still show what was asked then; if the meaning has changed, please use a new name.",
    ),
    "choice_added": (
        "以前没有这个选项可选，按选项数的时候请留意日期。",
        "It could not be chosen until now: mind the date when choices are counted.",
    ),
    "choice_removed": (
        "选过它的记录照样留着、照样显示；正在填的旧草稿还能选它。",
        "Records that chose it keep and show it; drafts that were begun before may still choose it.",
    ),
    "choice_label": (
        "以前的记录仍按当时的文字显示；意思变了的话，请换一个新值。",
        "Older records still show the words of their time; if the meaning has changed, please use a "
        "new value.",
    ),
    "calculation_changed": (
        "以前的结果不会重算，新旧两种算法会在同一列里。",
        "Older results are not computed anew: one column will hold both.",
    ),
    "condition_changed": (
        "以前没问到的不会补问。",
        "What was not asked until now is not asked afterwards.",
    ),
    "entity_removed": (
        "以前写进名单的都留着。",
        "What was written to the list until now stays.",
    ),
    "entity_saves": (
        "以前写进名单的都留着；去掉的项以后不再更新。",
        "What was written until now stays; what is no longer saved is no longer brought up to date.",
    ),
}
