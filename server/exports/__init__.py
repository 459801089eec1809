"""数据表: what the teams wrote down, as a workbook or csv for analysis.

asked.py    what was asked for, and what the asker may have of it
columns.py  which columns a form's sheet has
legend.py   what the marks mean, and which version asked what
rows.py     the visits, page by page, as rows of those columns
files.py    sheets into one file
service.py  asking, cancelling, and the job itself
"""
