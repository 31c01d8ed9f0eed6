"""Villages written without 村: 马家洼, 后李家庄; told by how such names end and where they stand."""

from __future__ import annotations

import re

_SURE = "庄屯寨洼疃峪营堡埠湾岭坪圩埭浜塆坳垭"
_LIKELY = _SURE + "楼桥店集铺沟塘坡泉滩坝冲家口头岗河井院关坊窑墩园埝泊"
_WORD = re.compile(
    r"农庄|山庄|茶庄|水湾|草坪|地坪|[经运民国合联自私]营|[公门]楼|学楼|合楼|舍楼|[商药书饭酒门]店|[征收采汇筹募]集|[商店]铺|水沟|鱼塘|池塘|山坡|河滩|水坝|[国专商]家|[人户窗出进]口|[人田]头"
    r"|[益上下在]岗|[沟运]河|水井|机井|[法医学养老]院|机关|相关|[果公菜茶林]园|路桥|大桥"
)
_START = re.compile(rf"^[　\s]*([一-鿿]{{1,5}}[{_SURE}])(?=20\d\d|[\s_\-（(年]|$)")
_WHOLE = re.compile(rf"^[　\s\d._、\-]*([一-鿿]{{1,5}}[{_LIKELY}])[\s\d]*$")


def bare_village(text: str, *, is_folder: bool) -> str:
    """Name of the village a text begins with, towns in it blanked; "" when none is sure.

    is_folder: the text is the whole name of a folder below a town, where more endings can be trusted.
    """
    m = (_WHOLE.match(text) if is_folder else None) or _START.match(text)
    return m[1] if m and not _WORD.search(m[1]) else ""
