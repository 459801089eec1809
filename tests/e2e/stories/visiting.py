"""A home visit as stories do it: whoever has waited longest, mostly Chinese typing, the tab killed twice."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.pages.phone import Phone

NOTE_BEGINS = "老人今天气色不错，早饭喝了粥，吃了半个馒头。"
NOTE_ENDS = "灯绳断了，已经接好；下次带两节电池来换钟。"
NOTE = NOTE_BEGINS + NOTE_ENDS
ANSWERS = {
    "是否同意登记": "同意记录和转介，不拍照",
    "做了哪些": "陪聊",
    "今天吃饭": "吃得好",
    "今天吃药": "忘了，已提醒",
    "家里有没有隐患": "电线插座",
    "屋里多少度": None,
    "人怎么样": "挺好",
    "接下来要做什么": "没有",
}
HALF_WAY = "家里有没有隐患"
LAST = "还有要说的"
PHOTO = "隐患照片"  # the first that is asked
VOICE = "也可以说一段"
OPENS_WITHIN_MS = 60_000


def visit_somebody(volunteer: Phone, album: Path, *, photo: Path | None = None) -> str:
    """Visit whoever has waited longest; the tab is killed twice on the way. The name of the person.
    `photo`: an album's, added at the end."""
    name = volunteer.first_due()
    volunteer.open_person(name)
    volunteer.picture(album / "03-at-the-door.png")
    volunteer.at_the_door("已见到")
    volunteer.picture(album / "04-first-question.png")
    volunteer.go_on_to(HALF_WAY, ANSWERS)
    volunteer.answer("电线插座")
    volunteer.saved()

    volunteer.browser.kill_tab()
    volunteer.is_asked(HALF_WAY, OPENS_WITHIN_MS)
    expect(volunteer.question().get_by_label("电线插座")).to_be_checked()
    volunteer.picture(album / "05-the-same-question.png")
    volunteer.next()
    volunteer.go_on_to(LAST, ANSWERS)
    volunteer.write(NOTE_BEGINS)
    volunteer.saved()

    volunteer.browser.kill_tab()
    box = volunteer.question().get_by_role("textbox")
    expect(box).to_have_value(NOTE_BEGINS, timeout=OPENS_WITHIN_MS)
    volunteer.write(NOTE_ENDS)
    expect(box).to_have_value(NOTE)
    volunteer.picture(album / "06-note.png")
    if photo is not None:
        volunteer.next()
        volunteer.go_on_to(PHOTO, {})
        volunteer.photo_from_album(photo)
    volunteer.finish()
    volunteer.picture(album / "07-saved.png")
    return name
