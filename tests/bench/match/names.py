"""Surnames and given-name characters of the benchmark, most common first, written by hand for this bench.

A character's weight falls with its rank in its line; nothing here is taken from a name database.
"""

import numpy as np

# Shares in percent as the household register's yearly name reports round them.
TOP = {
    "王": 7.2, "李": 7.1, "张": 6.8, "刘": 5.2, "陈": 4.5, "杨": 3.2, "黄": 2.3, "赵": 2.1, "吴": 2.0,
    "周": 1.9, "徐": 1.5, "孙": 1.45, "马": 1.3, "朱": 1.2, "胡": 1.2, "郭": 1.15, "林": 1.1,
    "何": 1.1, "高": 1.05, "罗": 0.9,
}  # fmt: skip
NEXT = (
    "郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊"
    "白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季樊葛温庄颜兰殷鲁"
    "邢翟安倪申牛俞章耿聂管祝焦翁尚路岳齐梅左纪包卓曲毕梅耿房冉关裴柴华霍苗涂辛宁柳应祁单凌裘盛甘鲍柯"
    "阮成童欧祖项谷詹桂卫游舒屈符隋瞿滕褚费臧车边狄穆解时井燕车匡楚宫桑连查巩艾宗景荆佟古栾仇党佘靳"
    "边母党逯逄亓綦郇曲綦桑矫战初门国鞠麻蔺展蒲巴师鹿冷杭明乐商敬丛迟牟衣孙辇姬逯邸苑祖卞和官禹尤晏栗"
    "訾计冀扈郎吉岑伊郁原亢鄢鄢寇敖阎傅萧代芦丘温胥台由荀宿牛柏窦水闻莘晋阚那寿相盖撒敦雍封羊戚娄全"
    "伍米贝狄臧伏茅庞纪舒屠茹习鱼容慎戈庾终暨居衡步都耿满弘匡沙农晁勾融簸巢满公晋仝仉仵伦佀全冮化占厉"
    "双叔可召叶同后吾咸员哈喻喇回固坚堵塔夏奚奴姒字学宓宛宣宦宾密富寻封尧展山岱峗帅帖年库归彤当微志忽"
)
COMPOUND = "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 端木 东方 司徒 长孙 宇文 南宫"
UYGHUR = "买买提 艾力 阿不都 吐尔逊 古丽 阿依古丽 热合曼 玉素甫 库尔班 帕提古丽 努尔 依明 艾山 肉孜"


def surnames() -> tuple[list[str], np.ndarray]:
    """Every surname once and its share; the tail follows a power law below the twentieth."""
    tail = [s for s in dict.fromkeys(NEXT) if s not in TOP]
    weights = list(TOP.values()) + [0.88 * (21 / (21 + i)) ** 1.35 for i in range(len(tail))]
    compound = COMPOUND.split()
    weights += [0.09 / (1 + i) for i in range(len(compound))]
    shares = np.array(weights)
    return list(TOP) + tail + compound, shares / shares.sum()


# Cohorts by year of birth: up to 1949, 1950-1964, 1965-1979, 1980-1994, from 1995.
COHORT_STARTS = (1950, 1965, 1980, 1995)
MALE = (
    "德玉成文福明永长光世洪春树金兴传广生祥山宝廷国荣清庆贵富有富忠义仁信延书学良才田堂海云龙立维士俊奎"
    "林元振连宗孝克继绍敬凤恩来全发财富和茂昌盛祖佐兆登承殿魁占先万朝之万仲景道家同厚善进保增子恒存",
    "建国明永军华志庆新民玉文成春生平和兴海林山学忠德光胜利长红卫东援朝跃进洪祥福贵金宝荣树立家振宝忠兆传"
    "继延清云龙奎恩义良才仁信方来法全友发昌月运启开先业安水田根土木火柱锁栓牢秋冬夏银铁钢石松柏桐",
    "建军勇伟强志明国华海波涛峰刚斌平东红卫新文永庆春光林杰辉军兵超民利忠生永胜立宝金玉成学洪振兴继传龙"
    "彬宏亮鹏飞磊江山河涌泉湖滨涵岩松柏树森栋梁才德义礼智信仁俊豪雄英武毅力恒奇全权锋旗旭昌晓晨",
    "伟磊涛鹏超强飞勇杰军波斌峰刚龙浩亮辉凯明健俊宁振文志建海东洋晓旭鑫博阳帅林君彬毅坤冬雷洪永威琦楠"
    "栋翔康震岩宇晨光泽昊子豪雨松涵睿智哲轩恒达成宾腾炜烨铭嘉祥兴钊锐铮钧硕旺恺翰骏麒麟赛跃奎",
    "浩宇子轩博文俊杰泽昊天睿嘉豪晨阳旭涵梓铭瑞家鑫一诺明哲皓辰佳奕宸思远志鹏翔龙飞凯伟奥林森烨航承恩"
    "柏景逸煜熙诚霖皓熠彦祺尧舜禹翊骁沐墨言硕钰润毅恒禾屹朔弘渊楷峻岳崧桐梧琛瑜瑾璟珩睦澄澎湃瀚",
)  # fmt: skip
FEMALE = (
    "秀英兰玉桂凤素珍淑芳贞翠花荣云莲香梅美菊金月芝春爱清连玲琴俊秋喜娥仙瑞银巧莉娟福庆"
    "桃杏枝叶蓉芬芹菱蕊珠环佩翡琼瑶珊娇媛婉娣姑妮娘婵彩霞绣绒缎纹忠世存来转换改心善慈思省敬守",
    "秀英桂兰玉凤芳珍淑华荣爱红莲香云梅素美菊琴霞翠花春金月芹玲芝俊彩清娥贞兴庆丽娟平燕冬雪"
    "巧银喜瑞仙莉翔焕焕振继风敏慧惠蓉芬枝叶桃杏改转换换娣青茹颖建新民卫",
    "丽红霞玲英芳艳敏娟燕秀梅华萍兰玉春桂凤云莲莉静琴爱芹美素翠香花珍海荣晓慧淑丹雪平青冬"
    "娜颖洁琳芸蕾倩瑛琪璐莹晶婷虹彩俊月新建利焕巧银菊娥枝云菲菁芬蓉芝茹茜凌冰彬波宁欣",
    "丽娜静敏婷艳霞燕丹玲娟晓雪洁莹颖倩萍莉慧晶红璐琳梅雯佳欣蕾芳宁媛楠微薇文春海英云蓓菲莎"
    "姗珊婧妍妮娇娅琪瑶瑾玥玮琦瑜璇阳彦思冉冬秋月青琼聪贝贤雅露青苗芮苑茜荷蓝伟超鑫",
    "欣怡梓涵雨诗雅萱子思彤佳琪语嫣一诺可馨若曦梦瑶晨悦依婷紫静菲艺钰琳慧颖妍心玥文晓雪嘉乐"
    "宁芷芸芮苒茉莉蕊筱笑淇沐洛润汐溪澜潼清婉婧婕娴媛甜恬恩希昕晗晞暖月朵朵果米多念初妙宸冉",
)  # fmt: skip
TAIL = (
    "丙丞丰串丽乃久乔乙九书予争事亚亢亦京亭亮仓代令以仪优传佑伦佐体余作佳侃侠侦保俐俏倬偲偿傲儒允兆克兑兖冀冉冠冲准凌凡凯刊列刚初"
    "力功加劲励劭勃勉勋勤匀北千升午卉卓南占卡卫印即厅原友双叔召台史右叶司吉向吕君启周咏品哲唯商善喆嗣嘉囡固圆圣圭坚坡垒垚城培基堃"
    "塬壮壹夏夕多大太夫奋契奎奔好如妹姿娆婀嫒嬅孔孜孟季孺宁安宋官宜实宪宫容宽宾密寅寒寓寿封射尊小少尚尤尧居屏岑岗岱峤峥峦崇崔崴嵘"
    "嵩巍川州巧巨帆希帝帮常干年幸幼庄序庚府庭廉廷弓弟张弼录彪彭彰征循微徽必忆怀怡恋悌悟情惜惟愉意愚慎慕憬懋戈戎戬才扬抒拓持挺捷掌"
    "提援摇敦斗斯旎旻昂昆昌易昭昱显晁晋晏晖晟景晰普智暄暕曙曜曼曾朋望朗朝本村杭枫柔柯查柱标栩校格桁桓梁梅梓棋棠森植椿楚楠榕樱橙欢"
    "歌正步毓气水汉江池汶沁沂沙河治泉泓法泊泰洁津洲浦浪涓润淑淞深淳渝渤温港游湘源滔滢漪潇潮激灏灿炎炫炳炽焱焘焰然照煊熊熹燊爽牧犇"
    "玄率王玫玺珂珈珏珑珞现琅琛琢琰琮瑄瑛璋璞甄田甲申男画畅略疆登皎益盈盼相省真眉睛知石础砚祁祈祎祖祚祝禄福禹秉秦积程稳穆空立竞竹"
    "策简精紫红纪纯纲练终经绍统继维绮绿缘罡群翀翁翎翰翼耀耕聚聪肃育胤能腊致良节芊芦芙苏范茂茗茵茸荃荟莺菁萌营萧葆蒙蓓蔚蕴薪藜虎虹"
    "虞融衍衡裕西观言训记论诗诚询诠详谊谋谦谨豆豫贝贞财贤贵贺赞赟赫起越路跃车轶载辉达运迎近进远适逊通逢遥道遵邦邱郁都酉采釜鉴钟钦"
    "钢铎铁铜铸银锁锦锡镇镕长门问闯闰阔队防际陆降院陶隆雁集震霁霄霏露靖韦韬韶韵顶项顺颂领颢颜飒飘首驰驹骄骅骥高魏鲁鸣鸽鸿鹃鹏鹤黄"
    "黎默鼎齐"
)  # fmt: skip
POPULAR_MALE = (
    "德福 玉山 长贵 文成 永祥 光明 世荣 洪福 春生 树林 金山 兴旺 传义 广田 宝山 廷贵 国栋 清河 庆祥 学文 玉林 德成 明义 福来 振山",
    "建国 建华 国庆 志明 新民 永军 玉明 春生 卫东 援朝 跃进 和平 胜利 长江 红军 洪亮 学军 庆生 建民 光辉 志刚 国强 建设 保国 福军 文革 永红 东方 爱国 解放",
    "军 勇 伟 强 建军 建国 志强 海波 涛 峰 刚 斌 卫国 红军 新华 国华 永胜 立军 志勇 春雷 明 辉 永刚 海军 国强 建平 建伟 志伟 晓东 振华 文军 海涛 庆军 学军 宝军",
    "伟 磊 涛 鹏 超 强 飞 勇 杰 波 斌 刚 凯 浩 亮 鑫 帅 晓明 建军 志鹏 海涛 振宇 文涛 晓东 龙飞 明明 洪涛 永强 志伟 晓龙 海龙 洋 龙 健 冬冬 俊杰 小龙",
    "浩然 子轩 浩宇 博文 俊杰 宇轩 天佑 梓豪 子涵 昊天 嘉豪 晨阳 家豪 泽宇 文博 鑫 浩 宇航 佳豪 俊豪 志豪 明哲 一鸣 子豪 旭东 鹏程 睿 皓轩",
)  # fmt: skip
POPULAR_FEMALE = (
    "秀英 桂兰 玉兰 秀兰 桂英 淑珍 玉英 凤英 淑英 素珍 桂芝 秀芝 玉珍 凤兰 素英 淑芳 桂香 翠花 秀云 月英 金花 桂花 爱莲 秀珍 玉梅 春兰",
    "秀英 桂兰 秀兰 桂英 玉兰 淑华 秀梅 玉华 桂荣 爱华 秀华 凤英 玉芳 桂芳 淑芳 玉香 翠兰 爱英 春花 红英 秀芹 玉芹 桂芹 素兰 秀荣 月兰 爱芹 桂珍 凤霞 玉玲",
    "丽 红 霞 玲 敏 艳 燕 芳 娟 红梅 海霞 秀丽 春梅 丽华 玉玲 爱华 秀芳 丽娟 海燕 春霞 秀玲 淑芳 玉梅 丽红 晓燕 红霞 桂芳 爱玲 春燕 晓红 美玲 秀娟 艳红",
    "丽 娜 静 敏 婷 艳 霞 燕 丹 玲 娟 晓燕 雪 婷婷 丽丽 娜娜 晓丽 洁 颖 倩 丽娜 海燕 莹莹 晓雪 媛媛 春晓 晓静 晶晶 璐璐 文静 雪梅 海霞 倩倩",
    "欣怡 梓涵 雨涵 诗涵 子涵 雨萱 佳怡 梦瑶 欣妍 语嫣 一诺 可馨 若曦 思涵 梓萱 雨欣 佳琪 心怡 诗琪 紫涵 雨桐 静怡 晓彤 艺涵 佳慧 悦",
)  # fmt: skip
SINGLE_SHARE = (0.04, 0.08, 0.2, 0.27, 0.08)
GENERATION = "德光传继世守兆庆宪繁祥令维垂佑钦绍念显扬克昌启运恒振树培立学士明正永承先宗泽衍广文建心善积余家治国兴"


def ranked(text: str, offset: float, power: float) -> tuple[np.ndarray, np.ndarray]:
    """Code points of a line in order and weights falling with rank."""
    codes = np.array([ord(c) for c in dict.fromkeys(text)], dtype=np.uint32)
    weights = (offset / (offset + np.arange(len(codes)))) ** power
    return codes, weights / weights.sum()


def characters(sex: int, cohort: int) -> tuple[np.ndarray, np.ndarray]:
    """Code points and weights of given-name characters of one sex (1 male, 0 female) and cohort."""
    codes, weights = ranked((MALE if sex else FEMALE)[cohort], 9.0, 1.15)
    tail, even = ranked(TAIL, 400.0, 1.0)
    joined = np.concatenate([codes, tail])
    return joined, np.concatenate([0.92 * weights, 0.08 * even])


def popular(sex: int, cohort: int) -> tuple[np.ndarray, np.ndarray]:
    """Popular given names as pairs of code points (second 0 when single) and their weights."""
    words = (POPULAR_MALE if sex else POPULAR_FEMALE)[cohort].split()
    pairs = np.array([[ord(w[0]), ord(w[1]) if len(w) > 1 else 0] for w in words], dtype=np.uint32)
    weights = (8 / (8 + np.arange(len(words)))) ** 0.8
    return pairs, weights / weights.sum()
