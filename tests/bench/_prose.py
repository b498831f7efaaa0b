"""Sentences of background such as fill the greater part of a real article: who went where, what was looked at, what comes next.

Own words throughout. Each sentence has places to be filled in, so that hardly two of them are alike.
"""

from __future__ import annotations

import random

SENTENCES = {
    "en": [
        "{who} visited {place} {when} and asked {people} how far the work on {work} had come.",
        "{people} at {place} said the aim was to {aim}, and that {why}.",
        "Speaking to staff {when}, {who} called {work} the most urgent task of the team.",
        "The company said it would {aim} while keeping an eye on {worry}.",
        "{why_big}; so one of {people} told visitors to {place}.",
        "Buyers of {thing} had asked for {work} since {when}, according to {who}.",
        "{thing_big} is used in {use}, and demand from makers of {use} has been steady.",
        "In {place}, {people} have been trained for {work} since {when}.",
        "A joint laboratory with {partner} is to {aim}, with {thing} as its first subject.",
        "{partner_big} and the company agreed {when} to share what they learn about {work}.",
        "Analysts who follow {thing} see {worry} as the main risk, because {why}.",
        "{who_big} also looked at the safety records of {place} and spoke with {people} about {worry}.",
        "The plan for {work} had been discussed {when} and was then sent back for more detail.",
        "Local officials in {place} promised to {aim} and to help with {worry}.",
        "Nothing has been said yet on who will supply {thing} once {work} is complete.",
        "For {people}, {work} means shorter ways and less waiting; for {partner}, it means a second source of {thing}.",
        "{why_big}; that is why {who} wants to {aim} before anything else.",
        "Asked about {worry}, {people} pointed to {work} and to the talks with {partner}.",
        "The site in {place} has its own rail link, which {people} say helps to {aim}.",
        "Trade in {thing} was quiet {when}, traders said, since {why}.",
        "The association held a course on {work} in {place}, attended by {people} from several plants.",
        "{who_big} thanked {people} for {work} and asked them to {aim} with the same patience.",
        "Whether {worry} will ease depends on {partner}, a person close to the talks said.",
        "A team from {partner} stayed in {place} {when} to see {work} for itself.",
    ],
    "zh": [
        "{when},{who}到{place}调研,详细了解{work}进展情况,并与{people}座谈交流。",
        "{people}表示,{why},下一步将{aim}。",
        "{who}在讲话中指出,要把{work}摆在突出位置,切实解决{worry}问题。",
        "据介绍,{thing}广泛应用于{use}等领域,市场对其性能提出了更高要求。",
        "{place}的{people}介绍说,{work}开展以来,现场管理水平明显改善。",
        "公司与{partner}围绕{work}开展合作,双方将共同{aim}。",
        "会议认为,{why},必须{aim},为后续工作打下基础。",
        "{partner}相关负责人{when}走进{place},实地察看{thing}生产线。",
        "针对{worry},{people}成立专项小组,逐项梳理、逐条整改。",
        "{who}强调,{people}要主动作为,在{work}中当先锋、作表率。",
        "业内人士认为,{why},{thing}的供需格局仍需观察。",
        "在{place},{people}正忙着{work},现场秩序井然。",
        "围绕{thing}在{use}中的应用,{partner}与公司技术人员进行了深入讨论。",
        "{when},一场以{work}为主题的培训在{place}举行,{people}参加。",
        "为缓解{worry},公司决定{aim},并请{partner}提供技术支持。",
        "{people}告诉记者,过去遇到{worry}只能等,如今通过{work}能够自己动手。",
        "市场人士称,近期{thing}询单一般,下游以{use}企业为主,按需采购。",
        "{who}要求,{work}要有时间表,有责任人,{aim}。",
        "谈到{worry},{who}坦言,{why}。",
        "双方商定,由{partner}牵头{work},{place}负责现场配合。",
        "{place}党支部把{work}作为主题党日活动内容,组织{people}学习讨论。",
        "这项工作的难点在于{worry},{people}为此反复试验。",
        "从{place}到{partner},{work}把上下游连在了一起。",
        "{why},这也是{who}多次来到{place}的原因。",
    ],
}
WORDS = {
    "en": {
        "who": "the deputy general manager|the head of the smelting branch|the party secretary of the plant|the chief engineer|a member of the board|the head of sales|the director of the institute|the mayor's office|the shift supervisor|the new head of purchasing",
        "place": "the leaching hall|the new park north of the river|the separation workshop|the magnet plant|the tailings site|the training centre|the port warehouse|the assay laboratory|the alloy line|the trading floor|the railway yard|the control room",
        "people": "engineers|young technicians|the night shift|union members|the maintenance crew|suppliers|several customers|the sales desk|graduates of the technical college|the safety officers|drivers and loaders|the laboratory staff",
        "work": "the change of the extraction tanks|the new dispatch system|relining the kiln|the sorting of waste water|the certification of the laboratory|the hand-over of drawings|a common price list|the inspection before winter|automatic sampling|tracing each drum by its label|the review of old contracts|cleaning the exhaust gas",
        "when": "last week|in early spring|before the holiday|on Tuesday|during the rainy season|at the end of the month|earlier this autumn|over the weekend|in the weeks after the fair|shortly before the audit",
        "aim": "keep the lines running through the winter|bring down the use of acid|shorten the way from order to delivery|win back old customers|make the plant quieter|teach two trades to every worker|use more scrap|put safety before speed|store less and ship sooner|open the laboratory to other plants",
        "why": "the furnaces cannot simply be switched off|customers now ask where every drum came from|nobody wants to hold stock for long|freight has become hard to plan|older lines need more care than new ones|skilled people are hard to find|rules differ from port to port|each alloy wants its own recipe|a bad batch costs more than a late one|the winter is long and the gas is dear",
        "worry": "late wagons|the shortage of ammonia|rust in the older pipes|a lack of spare parts|cheap imitations|dust in the loading bay|long queues at customs|uneven quality|the cost of power at noon|licences that take their time",
        "thing": "lanthanum carbonate|cerium polish|didymium oxide|magnet scrap|dysprosium alloy|hydrogen storage powder|strip-cast flake|samarium metal|yttrium powder|catalyst feed|mixed chloride|glass powder",
        "use": "wind turbines|hearing aids|car catalysts|lift motors|camera lenses|robot joints|battery trays|air conditioners|loudspeakers|medical scanners|steel rails|bicycle hubs",
        "partner": "a university in the south|the steel works next door|a maker of lifts|the railway bureau|two trading houses|a research institute in the capital|a family firm from Ningbo|the provincial exchange|a carmaker's buyers|the port operator|an equipment builder|a recycler of old motors",
    },
    "zh": {
        "who": "公司副总经理|冶炼分公司负责人|厂党委书记|总工程师|董事会成员|营销部门负责人|研究院院长|园区管委会负责人|值班长|采购中心新任负责人",
        "place": "萃取车间|河北侧新园区|分离厂房|磁材厂|尾矿库现场|实训中心|港口仓库|检测中心|合金生产线|交易大厅|铁路货场|中控室",
        "people": "技术骨干|青年员工|夜班职工|工会会员|检修班组|供应商代表|部分客户|销售人员|职业学院毕业生|安全员|装卸班组|化验人员",
        "work": "萃取槽更换|新调度系统上线|回转窑换衬|废水分类处理|实验室认证|图纸移交|统一报价|冬季前检查|自动取样|逐桶贴标溯源|老合同清理|尾气治理",
        "when": "近日|日前|节前|周二上午|雨季期间|月末|入秋以来|周末|展会之后|审核前夕",
        "aim": "确保生产线安全过冬|把酸耗降下来|缩短交货周期|赢回老客户的信任|让厂区更安静更整洁|培养一专多能的员工队伍|提高废料利用水平|把安全放在速度之前|减少库存及时发运|向兄弟单位开放实验室",
        "why": "窑炉不能说停就停|客户对来源追溯的要求越来越细|谁都不愿长期压货|运输计划不好安排|老线比新线更需要维护|熟练工人难找|各口岸执行口径不尽相同|每种合金都有自己的配方|一批次品的代价高于一次延误|冬季漫长而燃气价格不低",
        "worry": "车皮迟到|液氨紧张|老管道锈蚀|备件短缺|低价仿品|装车区扬尘|通关排队|质量波动|午间电价偏高|许可办理时间较长",
        "thing": "碳酸镧|铈抛光粉|镨钕氧化物|磁材废料|镝铁合金|储氢粉末|甩带片|金属钐|钇粉|催化剂原料|混合氯化稀土|玻璃添加粉",
        "use": "风电机组|助听器|汽车催化|电梯电机|镜头玻璃|机器人关节|电池托盘|空调压缩机|扬声器|医疗影像设备|钢轨|自行车花鼓",
        "partner": "南方某高校|相邻钢厂|一家电梯企业|铁路部门|两家贸易商|京内科研院所|宁波一家民营企业|省级交易平台|某车企采购团队|港口运营方|装备制造商|旧电机回收企业",
    },
}
CHOICES = {language: {name: words.split("|") for name, words in kinds.items()} for language, kinds in WORDS.items()}
# Real articles share a vocabulary, but each brings names and words of its own: so do these.
NAMED = {
    "en": {
        "who": "{x} {A} {B}", "place": "{x} at {A}", "people": "{x} from {A} and {B}", "work": "{x} after the {A} method", "aim": "{x} at {A} and {B}",
        "worry": "{x} between {A} and {B}", "thing": "{a} {x}", "use": "{a} {x}", "partner": "{x} called {A} {B}", "why": "{x}, as {A} {B} puts it",
    },
    "zh": {
        "who": "{x}{A}", "place": "{A}{x}", "people": "{A}{x}", "work": "“{A}{B}”{x}", "aim": "按照{A}{B}办法{x}",
        "worry": "{A}{x}", "thing": "{A}{x}", "use": "{A}{x}", "partner": "{x}({A}{B})",
    },
}  # fmt: skip
SYLLABLES = [
    ["br", "cl", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w", "y", "z"],
    ["a", "e", "i", "o", "u", "ai", "ea", "ou", "au", "oo"],
    ["ck", "ft", "l", "ld", "m", "mp", "n", "nd", "r", "rn", "s", "sk", "t", "th", "x"],
]  # fmt: skip
HAN = sorted({char for words in WORDS["zh"].values() for char in words if char >= "\u4e00"})


def invented(chance: random.Random, language: str) -> str:
    """A name or word that nothing else is called by, in lower case."""
    if language == "zh":
        return "".join(chance.choices(HAN, k=chance.choice((2, 2, 3))))
    return "".join(chance.choice(part) for _ in range(chance.choice((1, 2, 2))) for part in SYLLABLES)


def sentence(chance: random.Random, language: str) -> str:
    """One sentence of background; ``_big`` places begin with a capital letter."""
    words = {}
    for kind, of in CHOICES[language].items():
        one, other = invented(chance, language), invented(chance, language)
        named = NAMED[language].get(kind, "{x}")
        words[kind] = named.format(x=chance.choice(of), a=one, A=one.capitalize(), B=other.capitalize())
    words |= {f"{kind}_big": word[0].upper() + word[1:] for kind, word in words.items()}
    return chance.choice(SENTENCES[language]).format(**words)


def headline(chance: random.Random, language: str) -> str:
    """What other articles of the site are called, in its lists and teasers."""
    pick = {name: chance.choice(of) for name, of in CHOICES[language].items()}
    number = chance.randrange(3, 90)
    if language == "zh":
        return chance.choice([
            f"{pick['place']}:{pick['work']}进行时", f"{pick['thing']}周评:均价下跌{number / 10}%", f"{pick['who']}调研{pick['place']}",
            f"{pick['thing']}今日报价上调{number * 100}元/吨", f"一线见闻|{pick['people']}的一天",
        ])  # fmt: skip
    return chance.choice([
        f"How {pick['people']} deal with {pick['worry']}", f"{pick['thing'].capitalize()} slips {number / 10}% on the week",
        f"{pick['partner'][0].upper()}{pick['partner'][1:]} orders {number * 10} t of {pick['thing']}",
        f"Opinion: {pick['why']}", f"Pictures: {pick['work']} at {pick['place']}",
    ])  # fmt: skip
