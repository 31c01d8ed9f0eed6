"""Where tables are on a sheet: beside each other, below each other under words nobody knows, above a row of signatures."""

# ruff: noqa: E501  (one row per line)

from books import IDS, Round, xlsx

A, B, C, D = IDS
COMMITTEE = [
    ["村两委成员名册"],
    ["序号", "姓名", "身份证号", "职务"],
    [1, "张伟", A, "村主任"],
    [2, "李梅", B, "妇女主任"],
    ["填表人：孙六", None, "复核："],
]
RELATIVES = [
    ["干部亲属申报表"],
    ["单位：元"],
    ["序号", "申报人", "亲属姓名", "与本人关系"],
    [1, "张伟", "王芳", "配偶"],
    [2, "张伟", "张小", "子"],
    [3, "李梅", "赵强", "配偶"],
]


def beside(left, right, gap=1):
    width = max(map(len, left))
    height = max(len(left), len(right))
    rows = zip(
        [*left, *[[]] * (height - len(left))], [*right, *[[]] * (height - len(right))], strict=True
    )
    return [[*a, *[None] * (width - len(a) + gap), *b] for a, b in rows]


def test_two_tables_beside_each_other(tmp_path):
    """Each side is read as itself; a signature below the left one is none of the right one's rows."""
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": beside(COMMITTEE, RELATIVES)})
    found = Round(tmp_path)
    assert sorted(found.kinds()) == ["committee", "relative"]
    assert found.rows("SELECT count(*) FROM committee UNION ALL SELECT count(*) FROM relative") == [
        (2,),
        (3,),
    ]
    assert found.summary.rows == {
        "read": 6,
        "canonical": 5,
        "control": 0,
        "footer": 1,
        "rejected": 0,
    }


def test_a_blank_column_inside_a_table_is_no_edge(tmp_path):
    """Columns that no table of their own could be stay with the table; so does a list that goes on to the right."""
    rows = [
        ["序号", "姓名", "身份证号", None, "补贴金额", "银行账号", "备注"],
        [1, "张伟", A, None, 100, "6228480260123456782", "无"],
        [2, "李梅", B, None, 200, "6228480260123456790", "无"],
    ]
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"Sheet1": rows})
    roll = [["序号", "姓名", "补贴金额"], [1, "张伟", 100], [2, "李梅", 200]]
    xlsx(tmp_path / "燕家庄村临时救助.xlsx", {"Sheet1": beside(roll, [roll[0], [3, "王芳", 50]])})
    found = Round(tmp_path)
    assert found.kinds() == ["subsidy"] * 3
    assert found.rows("SELECT m.name, amount_yuan FROM subsidy JOIN mention m ON m.mention_id = beneficiary ORDER BY 2, 1") == [
        ("王芳", 50), ("张伟", 100), ("张伟", 100), ("李梅", 200), ("李梅", 200)]  # fmt: skip


def test_a_second_table_under_unknown_words_is_not_read_as_the_first(tmp_path):
    """Below a blank row and a title of its own: what nobody knows is listed, never taken for rows of the table above."""
    rows = [
        ["2024年村民代表会议登记表"], ["序号", "会议时间", "会议类型", "会议内容"], [1, "2024.3.1", "党员大会", "换届准备"], [2, "2024.5.1", "支委会", "审议收支"],
        [], ["2024年杂项登记"], ["填表日期：2024年12月30日", None, "单位：元"], ["号", "啥物", "哪天来", "哪天走", "放哪"],
        [1, "锣", "2024.1.1", "2024.2.1", "村部"], [2, "鼓", "2024.1.5", "2024.2.3", "村部"], [3, "镲", "2024.1.9", "2024.2.9", "村部"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.kinds() == ["meeting", None]
    assert found.one("SELECT count(*) FROM meeting") == 2


def test_a_table_under_unknown_words_is_no_title_of_the_next(tmp_path):
    """The first table of a sheet has headings nobody knows, the second usual ones: the first is listed as unread."""
    rows = [
        ["杂物登记"], ["号", "啥物", "哪天来", "哪天走", "放哪"], [1, "锣", "2024.1.1", "2024.2.1", "村部"], [2, "鼓", "2024.1.5", "2024.2.3", "村部"],
        [3, "镲", "2024.1.9", "2024.2.9", "村部"], [], ["房产登记表"], ["序号", "权利人", "身份证号", "坐落", "建筑面积"], [1, "张伟", A, "燕山路1号", 90], [2, "李梅", B, "燕山路2号", 80],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT header_row, table_name FROM sheet ORDER BY 1") == [
        (2, None),
        (8, "property"),
    ]


def test_a_row_of_signatures_is_no_head(tmp_path):
    """制表人： 审核人： below headings nobody knows: the headings are still the head."""
    rows = [
        ["号", "啥物", "哪天来", "哪天走"],
        [1, "锣", "2024.1.1", "2024.2.1"],
        [2, "鼓", "2024.1.5", "2024.2.3"],
        [3, "镲", "2024.1.9", "2024.2.9"],
        ["制表人：", None, "审核人：", "村书记(签字)："],
    ]
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT header_row, table_name FROM sheet") == [(1, None)]
    assert "审核人" not in found.one("SELECT why FROM sheet")
