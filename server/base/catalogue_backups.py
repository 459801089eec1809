"""Problems of backing up and restoring, as the console says them. The rest is in ``catalogue.py``."""

from __future__ import annotations

from server.base.entry import Entry

BACKUPS: dict[str, Entry] = {
    "backup_elsewhere": Entry(
        409,
        "这台服务器的数据不都在自己的盘上（{where}），这个命令备份不全",
        "PostgreSQL 请用 pg_dump 或连续归档，对象存储请用它自己的版本功能；备份完成后运行 lianxin backed-up，"
        "恢复后运行 lianxin epoch renew。",
        "Not all of this server's data lies on its own disk ({where}): this command cannot back it up whole",
        "Back PostgreSQL up with pg_dump or continuous archiving and a bucket by its own versions; run "
        "lianxin backed-up when that has finished, and lianxin epoch renew after a restore.",
    ),
    "backup_under_way": Entry(
        409,
        "这个文件夹里正在做另一份备份",
        "请等它完成，或换一个文件夹。",
        "Another backup is being made in this folder",
        "Please wait until it has finished, or choose another folder.",
    ),
    "backup_failed": Entry(
        507,
        "备份没有做成：{reason}",
        "之前的备份还在，手机也会留着照片。请看看备份盘的空间和权限，再运行一次。",
        "The backup was not made: {reason}",
        "Earlier backups are still there and phones keep their photos. Look at the space and rights on the "
        "disk, then run it again.",
    ),
    "backup_broken": Entry(
        422,
        "这份备份不完整：{file}",
        "什么都没有改动。请用更早的一份备份，或从别的盘再拷一次这一份。",
        "This backup is not whole: {file}",
        "Nothing has been changed. Use an earlier one, or copy this one again from where else it lies.",
    ),
    "backup_newer": Entry(
        422,
        "这份备份来自更新的连心（{schema}）",
        "什么都没有改动。请先升级这台服务器上的连心，再恢复。",
        "This backup is from a newer Lianxin ({schema})",
        "Nothing has been changed. Upgrade Lianxin on this server first, then restore.",
    ),
    "data_there": Entry(
        409,
        "{where} 里已经有一个县的数据",
        "什么都没有改动。要用备份替换它，请加 --over：旧的会放在旁边，不会删除。",
        "There is a county's data in {where} already",
        "Nothing has been changed. To put the backup in its place add --over: the old data is kept beside.",
    ),
    "server_running": Entry(
        409,
        "服务器还在用这些数据",
        "请先停下服务器，再恢复；恢复好了再启动。",
        "A server is still using this data",
        "Stop the server first, restore, and start it again.",
    ),
}
