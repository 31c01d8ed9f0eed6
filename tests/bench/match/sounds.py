"""Characters a clerk confuses by ear, written by hand: one line a syllable, tones left out.

Near sounds are derived from the syllables: front and back nasals, flat and retroflex, n and l, f and h, r and y.
"""

SYLLABLES = """
ai 爱艾|an 安岸|ang 昂|ao 傲奥敖|ba 巴|bai 白柏百|ban 班|bang 邦帮|bao 宝保包鲍葆豹|bei 贝蓓|ben 本|bi 毕碧必|bian 边卞
biao 彪标|bin 斌彬滨宾|bing 兵冰丙炳秉|bo 波博勃渤伯|bu 步|cai 才财彩蔡|can 灿|cang 仓|cen 岑|chai 柴|chan 婵|chang 昌常长畅
chao 超朝潮|che 车|chen 陈晨辰臣琛尘宸忱谌|cheng 成程诚承城澄|chi 池迟|chong 崇|chu 楚初褚储|chuan 传川|chun 春纯淳|cong 丛聪|cui 崔翠
da 达大|dai 戴代黛|dan 丹单旦|dang 党|dao 道|de 德得|deng 邓登灯|di 娣弟迪狄|dian 典殿|ding 丁定鼎|dong 冬东栋董洞|dou 窦|du 杜都|duan 段端
dui 对|dun 敦|duo 多朵|e 娥峨|en 恩|fan 范凡樊帆梵繁|fang 方芳房舫坊|fei 飞菲费霏非|fen 芬奋|feng 峰锋凤冯丰风封枫|fu 福付傅富符夫甫馥
gai 改盖|gan 甘|gang 刚钢岗|gao 高郜皋|ge 葛戈歌|gen 根|geng 耿庚|gong 龚公宫巩功|gu 顾古谷固|guan 关管官冠|guang 广光|gui 贵桂归
guo 国郭果|hai 海|han 韩涵汉翰寒晗|hang 航杭|hao 浩昊郝豪皓好灏|he 何贺和河荷鹤合禾赫|hei 黑|heng 恒衡亨|hong 红洪宏虹鸿弘|hou 侯候厚后
hu 胡虎湖户扈|hua 华花化桦|huai 怀淮|huan 欢环焕桓|huang 黄煌皇|hui 慧惠辉会晖汇卉|huo 霍火|ji 吉季纪继基积冀计籍记骥|jia 家佳嘉贾加
jian 建健剑俭坚简鉴|jiang 江姜蒋将|jiao 娇焦姣皎|jie 杰洁捷洁节婕|jin 金进锦晋瑾津靳|jing 静晶敬京景菁婧靖井荆|jiu 九久玖|ju 菊鞠巨居
juan 娟娟隽|jue 珏|jun 军君俊钧骏均|kai 凯开恺|kang 康亢|ke 可科柯珂克|kong 孔空|kuan 宽|kui 奎魁葵|kun 坤昆|lai 来赖|lan 兰岚蓝澜|lang 郎朗
lao 劳|le 乐|lei 雷磊蕾|leng 冷|li 丽李立利力莉黎理礼励厉栗|lian 莲连廉练恋|liang 良亮梁粱|liao 廖|lin 林琳霖麟临蔺|ling 玲灵凌岭龄令|liu 刘柳留
long 龙隆|lou 娄|lu 路鲁卢陆璐露芦|luan 栾|lun 伦|luo 罗洛骆|lv 吕|ma 马麻|mai 麦|man 曼满|mao 毛茂茅|mei 梅美媚眉|men 门|meng 孟梦萌蒙
mi 米|miao 苗妙|min 敏民闽旻|ming 明鸣铭茗|mo 莫墨|mu 穆牧木慕沐|na 娜那|nai 乃|nan 南楠男|ni 妮倪|nian 年念|nie 聂|ning 宁凝|niu 牛|nong 农
ou 欧|pan 潘盼|pang 庞|pei 裴培佩沛|peng 彭鹏朋蓬|pi 皮|pin 品|ping 平萍|pu 蒲普|qi 齐琪奇启琦祺起其旗祁戚|qian 钱倩千谦|qiang 强|qiao 乔巧桥
qin 秦琴勤芹亲钦|qing 清青庆卿晴|qiong 琼|qiu 秋邱仇丘|qu 曲屈瞿|quan 全权泉|ran 冉然|rang 让|ren 任仁人|ri 日|rong 荣容蓉融戎|ru 如茹汝
rui 瑞锐睿芮蕊|run 润|ruo 若|sai 赛|san 三|sen 森|sha 沙莎|shan 山珊善|shang 尚商|shao 邵绍少|she 佘|shen 沈申深慎|sheng 生胜盛升圣声
shi 石史时世士师诗实|shou 守寿|shu 书淑舒树叔述|shuai 帅|shuang 双霜|shun 顺舜|shuo 硕朔|si 思司斯|song 宋松嵩|su 苏素肃|sui 隋岁|sun 孙
tai 泰太台|tan 谭檀坛|tang 唐汤堂|tao 涛陶桃滔|teng 滕腾|ti 提|tian 田天甜|tie 铁|ting 婷廷庭亭|tong 童彤同桐|tu 涂|wan 万婉宛|wang 王汪旺望
wei 伟卫魏维韦威为薇巍玮炜|wen 文温闻雯|weng 翁|wu 吴武伍午|xi 喜希熙溪西习席|xia 夏霞侠|xian 先贤仙显献宪|xiang 向祥翔香湘相项|xiao 小晓肖孝萧笑
xie 谢解|xin 新欣鑫信心馨昕|xing 兴星邢杏|xiong 熊雄|xiu 秀修|xu 徐许旭绪续|xuan 轩萱宣璇|xue 雪学薛|xun 勋荀|ya 亚雅娅|yan 燕艳严颜彦岩妍延阎闫
yang 杨阳洋扬羊|yao 姚瑶耀尧|ye 叶业烨|yi 义易一怡毅艺益逸宜仪|yin 银尹殷音印|ying 英颖莹应迎瑛影|yong 勇永用|you 友有尤游|yu 玉于余宇雨育俞裕喻瑜钰
yuan 元袁园媛远源苑|yue 月悦岳越跃玥|yun 云运芸允|zai 在|zan 赞|zang 臧|zao 早|ze 泽则|zeng 曾增|zha 查|zhai 翟|zhan 詹展战|zhang 张章彰
zhao 赵照兆昭|zhe 哲喆|zhen 珍真振贞镇震甄|zheng 郑正政争|zhi 志芝智之治枝直|zhong 忠钟中仲|zhou 周洲舟|zhu 朱祝竹珠柱诸|zhuang 庄壮
zhuo 卓|zi 子紫梓自|zong 宗|zou 邹|zu 祖|zuo 左佐作
"""

READINGS: dict[str, str] = {}
for _line in SYLLABLES.split("\n"):
    for _entry in filter(None, _line.split("|")):
        _syllable, _characters = _entry.split()
        READINGS.update(dict.fromkeys(_characters, _syllable))

_SWAPS = [
    ("ng$", "n"),
    ("^zh", "z"),
    ("^ch", "c"),
    ("^sh", "s"),
    ("^l", "n"),
    ("^f", "h"),
    ("^r", "y"),
]


def _slips(syllable: str) -> set[str]:
    """Syllables heard for this one: one slip, either way."""
    found = set()
    for pattern, other in _SWAPS:
        if pattern.endswith("$"):
            long = pattern[:-1]
            if syllable.endswith(long):
                found.add(syllable[:-1])
            elif syllable.endswith(other):
                found.add(syllable + "g")
            continue
        head = pattern[1:]
        if syllable.startswith(head):
            found.add(other + syllable[len(head) :])
        elif syllable.startswith(other):
            found.add(head + syllable[len(other) :])
    return found - {syllable}


def _by_syllable() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for character, syllable in READINGS.items():
        groups.setdefault(syllable, []).append(character)
    return groups


def homophones() -> dict[str, list[str]]:
    """Character → other characters of the same syllable, the common ones first."""
    groups = _by_syllable()
    return {c: [o for o in groups[s] if o != c] for c, s in READINGS.items() if len(groups[s]) > 1}


def near_homophones() -> dict[str, list[str]]:
    """Character → up to six common characters of each syllable one slip away."""
    groups = _by_syllable()
    near = {
        c: [o for slip in sorted(_slips(s)) for o in groups.get(slip, [])[:6]]
        for c, s in READINGS.items()
    }
    return {c: others for c, others in near.items() if others}
