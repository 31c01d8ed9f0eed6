"""Characters a typist or a scanner confuses by eye, and other spellings of one character; by hand.

LOOKALIKES was reasoned from shared components and stroke counts: a changed radical, a missing stroke, a
near outline. Each group is mutual. VARIANTS are other spellings of the same name, TRADITIONAL the old forms.
"""

LOOKALIKES = """
王玉主壬 玲珍珑玪 清情晴倩 静睛 梅海悔 杰杏木 志忘忐 芳芬劳 冯马 莲连涟 秋秀利 曹曾会 桂佳挂柱 全金 云去 亮高 徐余除 文义丈 红江虹 军车 昌吕 福副富 友发 先光
惠慧 冬东 任仁 付何 彬林 万方 伟传纬 武斌 永水 峰锋蜂烽 宋宗 凤风冈 建健键 运远 雪雷 唐康 喜嘉善 维雅惟 宁守宇 孙孔 加如 思恩 兰三 延廷 楠南 艳丰 明朋 太大 承丞
冰水 向问 同周 政攻 祥样翔 栋陈 本木 升开 吴昊 灿山 毕华 定宝 章童 季李 柯何 杨扬汤 贤坚 紫柴 进井 得德 尧晓 绍召 伯柏 勇男 候侯 仪义 君若 龙尤 晶品 巧功 城诚
振震 花化 吉古 存在 宾滨缤 述术 翟瞿 园圆 沙妙 瑞端 禄录 庄壮 夫天 丛从 秦泰春 丘立 婕捷 士土 昱煜 闫间 贞贝 智知 官宫 尹伊 干千于 启后 原厚 深探 甲申由田 朝潮 姝妹 栗粟 曲典
霜霖 廉谦 堂棠 盛晟 弘引 朗郎 臣巨 郝赫 公分 池地 双又 冀翼 邵邰 飞乙 亭停 力刀 字学宇 戎成 鲁鱼 夏复 贾贡 治冶 恒桓 朱未末 淮维 豪毫 诗侍 念今 厉历 员贞 享亨亭 鹃鹏 午牛年
瑾谨 克兄 介界 梁粱 羲曦 颖颍 己已巳 戊戌成 日曰目 薛薜 隋随 孟盂 祁祈 魏巍 郭郑 邓邹 刘列 张弘 许评 韩朝 彭影 蔡葵 蒋将 董重 程稈 苏芬 吕昌 丁于 卢户 姚桃 沈沉 钟钏 姜美 崔雀 谭潭
陆际 范苑 汪旺 廖寥 石右 韦书 邱邵 江汪 段殷 侯喉 史吏 陶淘 贺贸 顾颀 毛手 龚袭 覃罩 钱线 戴载 严产 莫英 孔扎 常掌 乔桥 赖籁 施旋 洪供 葛曷 温湿 颜彦 倪悦 俞愈 耿耽 聂耳 焦集 娟捐 娥峨 婷停
丽而 霞露 琴瑟 萍苹 莉利 娜哪 敏致 艳色 燕蒸 桃挑 菊匊 翠萃 彩采 媛缓 妍研 娇骄 洁浩 蕾雷 薇微 倩情 瑶摇 璐路 琪淇 琳淋 莹营 欣欢 怡治 悦说 涵函 轩杆 浩洁 博搏 毅殷 俊骏 峻竣 帅师 凯岂 鑫金 铭锡 钢纲刚
铁钱 锋铎 钧钩 涛铸 波坡 洋样 源原 润闰 浦捕 湖潮 海侮 河何 洲州 滔蹈 磊石 岩岸 岭领 岳丘 峥铮 崇祟 嵩高 炎灾 炳柄 焕换 辉晖 耀跃 旭旮 昕听 晖晕 晨辰 景影 春舂 松枩 柏拍 森林 桐铜 树村 棋模 楷揩
胜性 胤胤 良艮 艺芝 茂芪 荣莱 茹茄 菲韭 华毕 萌荫 蓉容 虎虚 融隔 衡衔 裕格 西四 言信 记纪 训川 谊宜 豫预 财材 贵责 赞替 超赵 跃妖 达迖 迎仰 连运 通逋 道首 邦郊 都郁 里理 银根 锁琐 长张 阳阴 防芳 雁应 青责 顺须 领颌
首苜 香杳 骥冀 鸿鸣 鹏朋 黎藜 鼎昴 齐斋 世也 业亚 丹舟 久夂 之乏 乐东 亚业 京亰 仲伸 伍任 佑佐 佩侃 依侬 俭险 信倍 儒孺 元无 兆北 兴六 其具 典曲 净静 利刹 功巩 劲颈 勤勒 卫卩 占古 卓桌 卿聊 可司 叶汁 合令 吉击
和知 品晶 国围 圣怪 坤坤 培陪 基其 士壬 复夏 多夕 奇寄 奎查 好妤 如奴 妙纱 始治 娅哑 婉碗 子孑 宏宠 安妥 实买 宜宣 家冢 容客 密蜜 富畐 少小 尚肖 展辰 山屮 川州 平乎 年午 广厂 庆厌 庭廷 弟第 强蛋 彤丹 彦产 征证 忠患 恭暴
"""
VARIANTS = (
    "闫阎 付傅 肖萧 邱丘 芦卢 戴代 晓小 淑叔 于於 娴嫻 坤堃 哲喆 峰峯 升昇 佩珮 柏栢 凌淩 荣榮 同仝 强強 秘祕 群羣 略畧 杰傑 并並 钟锺 启啟 岳嶽 才纔 周週 游遊 志誌 灵霊 仙僊 秀琇 乃迺 "
    "贤賢 德徳 真眞 清淸 青靑 高髙 吴吳 温溫 户戶 黄黃 晋晉 为爲 恩㤙 泉湶 铁鉄 珍珎 寿夀 庄荘 桂楏 景暻"
)
TRADITIONAL = (
    "张張 陈陳 刘劉 杨楊 赵趙 吴吳 孙孫 马馬 冯馮 邓鄧 许許 郑鄭 谢謝 韩韓 叶葉 吕呂 卢盧 萧蕭 宁寧 庞龐 栾欒 钟鍾 罗羅 苏蘇 蒋蔣 谭譚 陆陸 贾賈 邹鄒 龙龍 贺賀 顾顧 龚龔 万萬 钱錢 严嚴 汤湯 "
    "温溫 乔喬 赖賴 庄莊 颜顏 鲁魯 聂聶 齐齊 纪紀 毕畢 关關 刚剛 单單 应應 项項 屈屆 闵閔 国國 伟偉 华華 爱愛 丽麗 兰蘭 凤鳳 东東 军軍 强強 晓曉 涛濤 礼禮 禄祿 云雲 荣榮 兴興 学學 义義 "
    "长長 门門 红紅 贵貴 财財 银銀 铁鐵 钢鋼 锋鋒 锐銳 铭銘 鑫鑫 艳艷 娇嬌 莹瑩 颖穎 梦夢 实實 宝寶 宾賓 宪憲 灵靈 灿燦 烨燁 炜煒 玮瑋 环環 琼瓊 圣聖 坚堅 声聲 备備 庆慶 广廣 建建 "
    "运運 达達 连連 远遠 选選 递遞 邓鄧 顺順 领領 颂頌 飞飛 驰馳 骏駿 骥驥 鸿鴻 鹏鵬 鹤鶴 会會 众眾 伦倫 俭儉 优優 兑兌 兰蘭 决決 励勵 劳勞 务務 勋勳 卫衛 卢盧 压壓 双雙 发發 变變 "
    "启啟 员員 响響 团團 园園 圆圓 报報 垒壘 处處 孝孝 将將 尔爾 尝嘗 岁歲 岭嶺 峥崢 帅帥 师師 归歸 录錄 彦彥 征徵 总總 惠惠 恋戀 悦悅 惬愜 战戰 扬揚 择擇 挥揮 摇搖 时時 昙曇 显顯 晔曄 "
    "业業 丛叢 丰豐 乐樂 书書 买買 亚亞 产產 亲親 亿億 仓倉 仪儀 传傳 纯純 纲綱 继繼 绍紹 维維 绪緒 绿綠 缘緣 罗羅 耀耀 肃肅 胜勝 腾騰 节節 苇葦 芦蘆 苍蒼 莲蓮 萝蘿 蓝藍 虽雖 见見 观觀 "
    "许許 论論 训訓 记記 诗詩 诚誠 话話 谊誼 谦謙 谨謹 贝貝 贞貞 贤賢 赞贊 赵趙 跃躍 车車 轩軒 辉輝 迁遷 进進 适適 郑鄭 释釋 钧鈞 钰鈺 锦錦 镇鎮 闯闖 闻聞 阳陽 阴陰 际際 静靜 韦韋 韵韻 "
    "韬韜 顶頂 风風 飘飄 马馬 鱼魚 鲍鮑 鸣鳴 黄黃 齐齊 龄齡 桥橋 树樹 栋棟 标標 桦樺 楼樓 欢歡 气氣 汉漢 泽澤 洁潔 浅淺 润潤 涌湧 渊淵 湾灣 滨濱 灏灝 献獻 玛瑪 现現 琏璉 瑶瑤 电電 "
    "画畫 毅毅 盖蓋 盘盤 矿礦 确確 祯禎 积積 稳穩 笔筆 简簡 纬緯 经經 绣繡"
)
RARE = "喆堃犇镕玥珺璟瑄垚骉翀昇旻祎赟瑀燊昉昪珮栢峯濬叡囯浛彧湉焜琎琤淼翾"


def lookalikes() -> dict[str, list[str]]:
    """Character → characters its outline is mistaken for."""
    near: dict[str, list[str]] = {}
    for group in LOOKALIKES.split():
        for one in group:
            near.setdefault(one, []).extend(o for o in group if o != one)
    return {c: list(dict.fromkeys(others)) for c, others in near.items() if others}


def variants() -> dict[str, list[str]]:
    """Character → the other spelling, either way."""
    near: dict[str, list[str]] = {}
    for one, other in _pairs(VARIANTS):
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    return near


def traditional() -> dict[str, list[str]]:
    """Simplified character → its old form."""
    return {one: [other] for one, other in _pairs(TRADITIONAL) if one != other}


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(word[0], word[1]) for word in text.split()]
