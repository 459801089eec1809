"""Data sheets: one description, one coercion, several writers.

A sheet is described once (`sheet.Sheet`), its values are coerced once (`coerce.cell`), and a writer puts
them down: `workbook` for xlsx, `delimited` for csv. Writers never look at a value's meaning.
"""
