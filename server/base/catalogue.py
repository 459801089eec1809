"""The catalogue of problems: every code with its HTTP status, what happened, and what to do next.

Sorted by what a reader would look for. Never blame; say the next step. A code that sync refuses an op with
has status 200 on the wire (it stands beside its op in the answer) and keeps the status here for the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.base.catalogue_backups import BACKUPS
from server.base.entry import Entry

CATALOGUE: dict[str, Entry] = {
    **BACKUPS,
    # ---- the request itself
    "malformed_json": Entry(
        400,
        "收到的内容不完整",
        "请再试一次；还不行，请把请求编号告诉管理员。",
        "What arrived could not be read",
        "Please try again; if it happens again, tell the administrator the request number.",
    ),
    "malformed": Entry(
        400,
        "收到的内容看不懂",
        "县里留着原样，管理员会处理；您不用重填。",
        "What arrived could not be understood",
        "The county keeps it as it came and looks into it; you need not fill it in again.",
    ),
    "invalid": Entry(
        422,
        "有几处需要改一下",
        "请看标出的地方，改好再提交。",
        "A few things need changing",
        "Please look at the marked places, change them and send again.",
    ),
    "text_not_allowed": Entry(
        422,
        "文字里有无法保存的字符",
        "请删掉看不见的特殊字符，重新输入这一处。",
        "The text has a character that cannot be kept",
        "Please remove invisible special characters and type that part again.",
    ),
    "too_large": Entry(
        413,
        "内容太大，超过 {limit_bytes} 字节",
        "请分开几次提交，或减少附件。",
        "This is larger than {limit_bytes} bytes",
        "Please send it in several parts, or with fewer attachments.",
    ),
    "wrong_type": Entry(
        415,
        "不能接收这种格式",
        "请使用 {accepts}。",
        "This format cannot be taken",
        "Please use {accepts}.",
    ),
    "not_found": Entry(
        404,
        "没有找到",
        "可能已经移走，或不在您负责的范围里；请回到上一页再看。",
        "Not found",
        "It may have moved, or lie outside what you look after; please go back and look again.",
    ),
    "wrong_method": Entry(
        405,
        "这个地址不支持这种操作",
        "请刷新页面后再试。",
        "This address does not do that",
        "Please reload the page and try again.",
    ),
    "key_reused": Entry(
        422,
        "同一个编号用在了两件不同的事上",
        "请刷新页面后再做一次。",
        "One request key was used for two different requests",
        "Please reload the page and do it once more.",
    ),
    "too_slow": Entry(
        408,
        "网络太慢，没有收完",
        "不用担心，内容还在您这里；信号好一些会再发。",
        "The connection was too slow to take everything",
        "Nothing is lost, you still have it; it will be sent again with a better signal.",
    ),
    # ---- who is asking
    "sign_in_needed": Entry(
        401,
        "需要登录",
        "请登录后继续；已填的内容还在。",
        "Please sign in",
        "Sign in to go on; what you typed is still there.",
    ),
    "sign_in_failed": Entry(
        401,
        "用户名或密码不对",
        "请核对后再试；忘记了请找管理员重设。",
        "Username or password does not match",
        "Please check and try again; if you forgot it, ask the administrator for a new one.",
    ),
    "signature_wrong": Entry(
        401,
        "认不出这部手机",
        "您填的内容都在手机里；请重新打开应用，还不行请找队长要一张新的登记卡。",
        "This phone was not recognised",
        "Everything you filled in is on the phone; reopen the app, or ask your team leader for a new card.",
    ),
    "clock_off": Entry(
        401,
        "手机时间不准",
        "应用会按县里的时间再发一次，您不用做什么。",
        "The phone's clock is off",
        "The app uses the county's time and sends again; there is nothing to do.",
    ),
    "device_revoked": Entry(
        403,
        "这部手机已停用",
        "您填的内容没有丢：县里会单独收下。要继续使用，请找队长要一张新的登记卡。",
        "This phone is no longer in use",
        "Nothing you filled in is lost: the county takes it aside. Ask your team leader for a new card.",
    ),
    "forbidden": Entry(
        403,
        "您的角色不包括这项操作",
        "需要的话，请管理员为您开通。",
        "Your role does not include this",
        "If you need it, ask the administrator to add it.",
    ),
    "header_needed": Entry(
        403,
        "请求少了一个标记",
        "请刷新页面后再试。",
        "The request lacks a marker",
        "Please reload the page and try again.",
    ),
    "code_unknown": Entry(
        404,
        "没有这个登记码，或已经用过、过期了",
        "请对照卡片再输一次；还不行，请队长重开一张。",
        "This code is not known, was used, or has expired",
        "Please compare it with the card; if it still fails, ask your team leader for a new one.",
    ),
    "key_unsuitable": Entry(
        422,
        "这部手机的钥匙不能用",
        "请换一个浏览器打开，再扫一次登记卡。",
        "This phone's key cannot be used",
        "Please open the app in another browser and scan the card again.",
    ),
    "county_needed": Entry(
        422,
        "这台服务器上有几个县",
        "请选择您的县再登录。",
        "This server holds several counties",
        "Please choose yours and sign in again.",
    ),
    "too_many": Entry(
        429,
        "试的次数太多了",
        "请过 {retry_after} 秒再试。",
        "Too many attempts",
        "Please try again in {retry_after} seconds.",
    ),
    # ---- people and their roles
    "username_taken": Entry(
        409,
        "这个用户名已经有人用了",
        "请换一个用户名。",
        "This username is taken",
        "Please choose another.",
    ),
    "grant_unfit": Entry(
        422,
        "这个角色要有对应的范围",
        "{role} 请选择：{scopes}。",
        "This role needs a fitting scope",
        "For {role}, choose: {scopes}.",
    ),
    "last_administrator": Entry(
        409,
        "这是最后一位管理员",
        "请先添加另一位管理员。",
        "This is the last administrator",
        "Please add another one first.",
    ),
    # ---- sync and visits
    "form_version_unknown": Entry(
        422,
        "县里没有这个版本的表",
        "县里留着原样并会处理；您不用重填。",
        "The county does not have this version of the form",
        "The county keeps it as it came and looks into it; you need not fill it in again.",
    ),
    "form_version_taken": Entry(
        409,
        "“{form}”的版本 {version} 已经发布过，内容不一样",
        "请在 settings 表里换一个新版本号，再发布。",
        "Version {version} of “{form}” has been published with other contents",
        "Please give the sheet settings a new version and publish again.",
    ),
    "form_refused": Entry(
        422,
        "这张表还不能发布",
        "请看表格里标出的地方，改好再交。",
        "This form cannot be published yet",
        "Please look at the marked places of the workbook, mend them and hand it in again.",
    ),
    "workbook_missing": Entry(
        422,
        "没有收到表格文件",
        "请选一个 Excel（.xlsx、.xls）、CSV 或 Markdown 文件，放在 workbook 一项里。",
        "No workbook has arrived",
        "Please choose an Excel (.xlsx, .xls), CSV or Markdown file and hand it in as workbook.",
    ),
    "xml_unreadable": Entry(
        422,
        "这份记录打不开",
        "县里留着原样并会处理；您不用重填。",
        "This record cannot be opened",
        "The county keeps it as it came and looks into it; you need not fill it in again.",
    ),
    "answers_do_not_fit": Entry(
        422,
        "有的回答和表对不上",
        "县里留着原样并会处理；您不用重填。",
        "Some answers do not fit the form",
        "The county keeps it as it came and looks into it; you need not fill it in again.",
    ),
    "op_id_reused": Entry(
        409,
        "同一个编号发来了两份不同的内容",
        "两份县里都留着，会有人处理。",
        "Two different things came under one number",
        "The county keeps both and someone will look into it.",
    ),
    "not_your_team": Entry(
        403,
        "您不在这个队里",
        "县里留着原样；请和队长核对您的队伍。",
        "You are not in this team",
        "The county keeps it as it came; please check your teams with your leader.",
    ),
    "not_your_visit": Entry(
        403,
        "这条记录不是您的",
        "只有记录人能撤回，参加的人可以留言；请和记录人说一声。",
        "This visit is not yours",
        "Only its author can withdraw it, and those who took part can write notes; please tell the author.",
    ),
    "visit_unknown": Entry(
        404,
        "县里还没有这条记录",
        "记录到了县里，这一项会接着处理；您不用重做。",
        "The county does not have this visit yet",
        "Once the visit has arrived this goes on; you need not do it again.",
    ),
    "already_decided": Entry(
        409,
        "这条记录已经审核过，不能撤回了",
        "要改内容，请直接改了再发；要作废，请给审核人留言。",
        "This visit has been reviewed and can no longer be withdrawn",
        "To change it, edit it and send it again; to cancel it, write the reviewer a note.",
    ),
    "unknown_kind": Entry(
        422,
        "这是新版本的内容",
        "县里先收着，升级后会接着处理。",
        "This comes from a newer version",
        "The county keeps it and goes on with it after its upgrade.",
    ),
    "version_retired": Entry(
        422,
        "这部手机上的连心太旧了",
        "您填的内容县里已经收下，没有丢。请连上网络，关掉应用再打开一次，它会自己更新，然后接着处理。",
        "Lianxin on this phone is too old",
        "The county has kept what you filled in. With a connection, close the app and open it again: it "
        "updates itself, and then goes on.",
    ),
    "waits": Entry(
        409,
        "它接着的那一条还在处理",
        "前一条处理好，它会自动跟上；您不用做什么。",
        "What it builds on is still being looked into",
        "It follows by itself once that is settled; there is nothing to do.",
    ),
    "already_settled": Entry(
        409,
        "这一条已经处理过了",
        "请回到列表，看现在的情况。",
        "This has been settled already",
        "Please go back to the list and see how it stands now.",
    ),
    "not_mendable": Entry(
        409,
        "这一条不能在这里改",
        "可以下载原样、再试一次放行，或请记录人重填后把它关闭。",
        "This cannot be mended here",
        "Download it as it came, try to let it in again, or have it filled in anew and close it.",
    ),
    "revision_moved": Entry(
        409,
        "这条记录刚刚有了新的内容",
        "请看过新的一版再决定。",
        "This visit has just changed",
        "Please look at the newer revision and decide again.",
    ),
    "unsettled": Entry(
        409,
        "这条记录有两份不同的说法，还没定下来",
        "请先逐项选定一份，再通过。",
        "Two versions of this visit say different things",
        "Please choose field by field first, then approve.",
    ),
    # ---- photos and recordings
    "photo_unknown": Entry(
        404,
        "县里还没收到提到这张照片的记录",
        "先发记录，照片随后自己会发。",
        "No record that names this file has arrived yet",
        "Send the record first; the file follows by itself.",
    ),
    "photo_offset": Entry(
        409,
        "照片发到第 {offset} 字节了",
        "会从那里接着发。",
        "{offset} bytes of this file have arrived",
        "It goes on from there.",
    ),
    "photo_hash": Entry(
        422,
        "收到的照片和手机里的不一样",
        "会从头再发一次；手机里的照片还在。",
        "The file that arrived is not the one on the phone",
        "It is sent once more from its beginning; the phone still has it.",
    ),
    "photo_too_large": Entry(
        413,
        "照片太大",
        "一张最大 20 MB、五千万像素，请拍小一点再传。",
        "This file is too large",
        "A photo may have 20 MB and fifty million pixels: please take a smaller one.",
    ),
    "photo_unreadable": Entry(
        422,
        "照片打不开",
        "县里收着原样，可以下载；需要的话请再拍一张。",
        "The picture cannot be opened",
        "The county keeps it as it came and you may download it; if it is needed, please take another.",
    ),
    "photo_type": Entry(
        422,
        "这个文件不是照片，也不是录音",
        "县里收着原样，可以下载；照片要 JPEG、PNG 或 WebP。",
        "This file is neither a photo nor a recording",
        "The county keeps it as it came and you may download it; photos are JPEG, PNG or WebP.",
    ),
    # ---- exports
    "period_upside_down": Entry(
        422,
        "结束日期比开始日期早",
        "请把两个日期对调，或重新选。",
        "The period ends before it begins",
        "Please swap the two days, or choose again.",
    ),
    "purpose_missing": Entry(
        422,
        "带姓名或敏感内容的导出要写明用途",
        "请用一句话写明拿去做什么；用途会记在审计里。",
        "An export with names or sensitive answers needs a stated purpose",
        "Please say in a sentence what it is for; the audit keeps it.",
    ),
    "export_gone": Entry(
        410,
        "这份文件已经清理了",
        "请再导出一次，内容会按现在的数据重新做。",
        "This file has been cleared away",
        "Please export once more; it will be made anew from today's data.",
    ),
    # ---- the demo
    "county_is_real": Entry(
        409,
        "这台服务器上已经有{name}的真实数据",
        "演示县要另开一个数据目录：换一个 --data 再试。",
        "This server already holds the real data of {name}",
        "Give the demo county a data folder of its own: try again with another --data.",
    ),
    "demo_visit_refused": Entry(
        500,
        "演示数据没有做成（{outcome}）",
        "这是程序的毛病，请把这句话告诉开发者。",
        "The demo data could not be made ({outcome})",
        "This is a fault of the program; please tell its developers this sentence.",
    ),
    # ---- the server's own trouble
    "busy": Entry(
        503,
        "县里的服务器正忙",
        "不用做什么，过 {retry_after} 秒会再试。",
        "The county's server is busy",
        "Nothing to do; it will be tried again in {retry_after} seconds.",
    ),
    "not_ready": Entry(
        503,
        "服务器还没准备好",
        "请管理员看一下：{reason}。",
        "The server is not ready",
        "Administrator, please look: {reason}.",
    ),
    "broken": Entry(
        500,
        "服务器出了问题",
        "您的内容没有丢；请过一会儿再试，或把请求编号告诉管理员。",
        "Something went wrong on the server",
        "Nothing of yours is lost; try again later, or tell the administrator the request number.",
    ),
}


@dataclass(frozen=True)
class Reason:
    """What exactly does not fit in something that stands aside, and what the desk can do about it."""

    title_zh: str
    next_zh: str
    title_en: str
    next_en: str


_MEND = (
    "请点“补正”打开这份记录，改好再收下。",
    "Please press “Put right”, mend the record and take it in.",
)
_ANEW = (
    "请联系记录人重填一次，再把这一条关闭。",
    "Please ask whoever made it to fill it in again, then close this item.",
)
_ADMIN = (
    "原样已留着；请管理员看一下这部手机的应用，或请记录人重填。",
    "It is kept as it came; ask the administrator to look at that phone's app, or have it filled in anew.",
)


def _reason(zh: str, en: str, following: tuple[str, str]) -> Reason:
    return Reason(zh, following[0], en, following[1])


# What stands in the detail of a quarantined item, in words.
REASONS: dict[str, Reason] = {
    # ---- the op
    "no_json": _reason(
        "收到的内容不完整，可能传到一半断了", "What arrived is incomplete, perhaps cut off", _ANEW
    ),
    "nobody": _reason("不知道是谁交来的", "It is not known who sent it", _ADMIN),
    "no_moment": _reason("里面有一个不存在的时间", "It names a moment that no calendar has", _ADMIN),
    "member_missing": _reason("少了必须有的一项", "Something that must be there is missing", _ADMIN),
    "member_unknown": _reason(
        "多了县里不认识的一项", "It has something that the county does not know", _ADMIN
    ),
    "named_twice": _reason("同一项出现了两次", "One thing is named twice", _ADMIN),
    "wrong_shape": _reason("有一项的写法不对", "One thing is not written as it should be", _ADMIN),
    # ---- the record's file
    "not_well_formed": _reason("记录的文件不完整", "The record's file is not whole", _MEND),
    "xml_too_large": _reason("记录的文件太大", "The record's file is too large", _MEND),
    "not_an_instance": _reason(
        "记录的文件不是填表产生的样子", "The record's file is not what filling gives", _MEND
    ),
    # ---- the answers
    "another_form": _reason(
        "记录是用另一张表或另一版填的", "It was filled with another form or version", _MEND
    ),
    "no_instance_id": _reason("记录没有自己的编号", "The record has no number of its own", _MEND),
    "unknown_question": _reason(
        "有一个回答，这版表里没有这个问题", "It answers a question that this version has not", _MEND
    ),
    "not_an_answer": _reason("有一个回答不合这个问题", "One answer does not fit its question", _MEND),
    "no_entity_id": _reason("要登记的人没有编号", "The person to be entered has no number", _MEND),
}
