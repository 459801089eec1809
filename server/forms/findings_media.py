"""Words for what is wrong with the files of a form. Code → (zh, en), as in ``findings``."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "media_missing": (
        "用到了文件“{value}”，但没有一起交上来。请把它放进表单的文件夹，或改正名字。",
        'This needs the file "{value}", which was not given. Please add it to the form\'s files, or '
        "correct the name.",
    ),
    "media_unused": (
        "文件“{value}”没有哪一格用到。请去掉它，或检查表里写的名字（大小写也要一样）。",
        'No cell refers to the file "{value}". Please remove it, or check the name in the workbook '
        "(capitals count).",
    ),
    "media_is_county_list": (
        "“{value}”是县里的名单，由县里发到手机，不用随表单交。请去掉这个文件，或换一个名字。",
        '"{value}" is a list of the county, which phones already hold. Please remove the file, or give '
        "it another name.",
    ),
    "media_other_kind": (
        "这里要的是{what}，“{value}”不是。可以用：{known}。",
        'A {what} belongs here, and "{value}" is none. These can be used: {known}.',
    ),
    "media_kind": (
        "不用“{value}”这种文件。可以用：{known}。",
        'Files like "{value}" are not used. These can be: {known}.',
    ),
    "media_name_bad": (
        "文件名“{value}”不能用。请只用英文字母、数字、点、横线和下划线，不超过 80 个字符。",
        'The file name "{value}" cannot be used. Please use letters, digits, dots, hyphens and '
        "underscores, 80 at most.",
    ),
    "media_too_large": (
        "“{value}”有 {bytes}，最多 {most}。信号弱的地方要等它到齐才能填表，请压小一些。",
        '"{value}" has {bytes}, {most} at most. Where the signal is weak a form waits for all of its '
        "files; please make it smaller.",
    ),
    "media_too_much": (
        "表单带了 {files} 个文件，共 {bytes}；最多 {most_files} 个，{most}。请少带一些，或压小一些。",
        "The form carries {files} files of {bytes}; {most_files} files of {most} at most. Please leave "
        "some out, or make them smaller.",
    ),
    "media_unreadable": (
        "“{value}”打不开，或者里面不是名字所说的那种文件。请重新存一份。",
        '"{value}" cannot be opened, or is not what its name says. Please save it anew.',
    ),
    "film_codec": (
        "“{value}”不是 H.264 的录像，有的手机放不出来。请转成 H.264 的 mp4。",
        '"{value}" is no film in H.264, and some phones cannot play it. Please convert it to an mp4 in '
        "H.264.",
    ),
    "list_not_utf8": (
        "“{value}”不是 UTF-8 编码的文字。在 Excel 里请另存为“CSV UTF-8（逗号分隔）”。",
        '"{value}" is no text in UTF-8. In Excel please save it as "CSV UTF-8 (comma delimited)".',
    ),
    "list_empty": (
        "“{value}”里一行也没有。请写上至少一行，或不用这个文件。",
        '"{value}" has no rows. Please write at least one, or leave the file out.',
    ),
    "list_too_long": (
        "“{value}”太长：{rows}，最多 {most}。请分成几份，或请县里做成名单。",
        '"{value}" is too long: {rows}, {most} at most. Please divide it, or ask the county to keep it '
        "as a list.",
    ),
    "csv_unreadable": (
        "“{value}”这一行的引号没有配齐。请检查。",
        'In this line of "{value}" the quotation marks do not match. Please check it.',
    ),
    "csv_separator": (
        "“{value}”的列不是用逗号隔开的。请另存为“CSV UTF-8（逗号分隔）”。",
        'The columns of "{value}" are not divided by commas. Please save it as "CSV UTF-8 (comma '
        'delimited)".',
    ),
    "csv_ragged": (
        "“{value}”这一行有 {found} 格，标题行有 {expected} 格。请补齐；文字里有逗号时请加引号。",
        'This line of "{value}" has {found} cells, and its heading {expected}. Please complete it; text '
        "with a comma in it stands in quotation marks.",
    ),
    "column_name_bad": (
        "“{value}”的列名“{heading}”不能用：不能有空格，不能以数字开头。请改成如 name、label、community。",
        'The heading "{heading}" of "{value}" cannot be used: no blanks, no digit first. Please write it '
        "as in name, label, community.",
    ),
    "column_name_twice": (
        "“{value}”里有两列叫“{heading}”。请改一个。",
        'Two columns of "{value}" are called "{heading}". Please rename one.',
    ),
    "list_column_missing": (
        "“{file}”里没有“{value}”这一列。它有：{known}。",
        '"{file}" has no column "{value}". It has: {known}.',
    ),
    "list_value_bad": (
        "“{value}”这一行的“{column_name}”是“{cell}”：要填，不能有空格，不超过 64 个字符。",
        'In this line of "{value}" the column "{column_name}" says "{cell}". It must be filled, without '
        "blanks, 64 characters at most.",
    ),
    "list_value_twice": (
        "“{value}”里“{cell}”在第 {first} 行已经有了。请去掉一行。",
        '"{value}" has "{cell}" in line {first} already. Please remove one.',
    ),
    "geojson_unreadable": (
        "“{value}”不是 GeoJSON 的 FeatureCollection。请从地图软件重新导出。",
        '"{value}" is no FeatureCollection of GeoJSON. Please export it anew from the map program.',
    ),
    "geojson_shape": (
        "“{value}”的这一项画不出来。可以用点、线和没有洞的面，坐标只写经度和纬度。",
        'This feature of "{value}" cannot be drawn. It may be a point, a line or an area without holes, '
        "with longitude and latitude alone.",
    ),
    "xml_unreadable": (
        "“{value}”读不成名单。请写成 <root><item><name>…</name><label>…</label></item></root>。",
        '"{value}" cannot be read as a list. Please write '
        "<root><item><name>…</name><label>…</label></item></root>.",
    ),
    "xml_item": (
        "“{value}”的这一项不是 <item>，或里面的名字不能用。",
        'This entry of "{value}" is no <item>, or a name in it cannot be used.',
    ),
    "svg_unsafe": (
        "图“{value}”里有“{what}”，不是画的东西。请从画图软件存成“纯 SVG”，不要脚本、外面的图片和链接。",
        'The drawing "{value}" has "{what}" in it, which draws nothing. Please save it as plain SVG, '
        "without scripts, linked pictures and links.",
    ),
    "map_needs_drawing": (
        "image-map 要有一张 SVG 图：请在 image 列写上它的名字。",
        "An image-map needs a drawing in SVG: please write its name in the column image.",
    ),
    "map_without_area": (
        "图“{file}”里没有叫“{value}”的部分（id）。选项的名字和图里的 id 要一样。",
        'The drawing "{file}" has no part (id) called "{value}". The names of choices and the ids of the '
        "drawing must be the same.",
    ),
    "large_differs": (
        "“{small}”在别处配的大图是“{first}”，这里是“{value}”。同一张小图请配同一张大图。",
        'Elsewhere the large picture of "{small}" is "{first}", here it is "{value}". Please give the '
        "same picture the same large one.",
    ),
    "large_without_small": (
        "写了 big-image，但同一行的 image 没有写。请写上小图。",
        "There is a big-image, but no image in this row. Please write the small one too.",
    ),
    "guidance_quotes": (
        "guidance_hint 里不能引用答案（“{value}”）。请写成固定的话，或写进 hint。",
        'A guidance_hint cannot quote an answer ("{value}"). Please write fixed words, or use hint.',
    ),
    "pulldata_open": (
        "pulldata() 的文件、列和查找列要直接写名字，如 pulldata('clinics', 'label', 'name', ${{clinic}})。",
        "pulldata() takes its file and columns as plain names, as in pulldata('clinics', 'label', "
        "'name', ${{clinic}}).",
    ),
    "media_unseen": (
        "“{value}”这一行没有自己的一页，写在这里的图、声音和说明没人看得到。"
        "请写到题目上，或给组加上 field-list。",
        "A row of the type {value} has no page of its own, so nobody would see or hear this. Please write "
        "it at a question, or give the group the appearance field-list.",
    ),
}
