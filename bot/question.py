"""What a question is after: its language, its type by cues, the people it names, and its topic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.dictionary import HAN
from index.event import EventCard
from index.people import Mentioned, people
from index.sparse import latin, normal, terms

from .fitting.figure import DIGITS
from .types import Lang


class Kind(StrEnum):
    """What shape of answer a question wants; several cues may fire, and many questions fire none."""

    CHITCHAT = "chitchat"
    OVERVIEW = "overview"
    IDENTITY = "identity"
    WHO_SAID = "who_said"
    COMPARE = "compare"
    LIST = "list"
    ORDINAL = "ordinal"
    DEFINITION = "definition"
    WHEN = "when"
    HOW_MANY = "how_many"
    WHY = "why"
    HOW = "how"
    WHO = "who"
    WHERE = "where"
    YES_NO = "yes_no"
    OPINION = "opinion"


_LETTERS = 2  # different ones, the least that can name anything
_I = re.IGNORECASE
CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.CHITCHAT,
        re.compile(
            r"^(?:你好|您好|嗨|哈喽|hi|hello|hey|早上好|晚上好|谢谢(?:你|您|啦|了|你的回答)?|多谢|谢啦|感谢|thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|cheers|再见|拜拜|bye|你是谁|你叫什么(?:名字)?|你会(?:做)?什么|你能(?:做|干)(?:什么|啥|嘛)|你能帮我(?:做|干)?(?:什么|啥|嘛)"
            r"|(?:给我)?(?:讲|说)个笑话|tell me a joke|你是(?:机器人|ai|人工智能|真人|人)吗[,，]?(?:你?(?:能|会)(?:做|干)(?:什么|啥|嘛))?|who are you|what can you do|are you (?:a |an )?(?:bot|robot|ai|human)|test|测试|在吗|在么|ok|好的|哈+)[\s!！。.?？~啊呀吗]*$",
            _I,
        ),
    ),
    (
        Kind.OVERVIEW,
        re.compile(
            r"(?:讲述?|說|说|谈论?|談|聊|讨论|探讨|交流|分享|介绍)了?(?:些|的是|的|点)?(?:啥|什么|什麼|哪些)|太长不看|总结|總結|概括|概述|金句|亮点|精彩的?(?:观点|地方|内容|话)|最(?:有用|精彩|重要|核心)的(?:话|观点|内容|一句)|要点|要點|大意|梗概|摘要|概要|提要|纪要|主旨|中心思想|看懂|速览|(?<!哪些)(?:重点|[主话]题|内容)(?:是|有|$|[?？])|主要(?:内容|讲|说|观点|在讲)|核心(?:内容|观点)|讲的内容"
            r"|takeaways?|highlights?|best quotes?|summar(?:y|ise|ize)|overview|recap|\bgist\b|in a nutshell|(?:short|quick) version|^(?:the )?minutes\b|tl;?\s?dr|(?:key|main) (?:points?|ideas?|messages?|topics?)|(?:topics?|subjects?|things?) (?:were |was |are |is )?(?:covered|discussed)|what (?:is|was|are|were|'s|’s) (?:this|the|it|that|(?:all )?(?:these|those|the))\s?(?:(?:talk|event|panel|session|discussion|video|meeting|conversation|interview|podcast|lecture|webinar|recording|call)s?)?\s?(?:all )?about"
            r"|^what (?:was|is|has been|were the things) (?:being )?(?:discussed|talked about|covered)(?: (?:here|today|in (?:this|the) \w+))?[?.!\s]*$|^what (?:did|do) they (?:talk about|discuss|cover)[?.!\s]*$"
            r"|what (?:did|do|does) [\w\s.]{2,40}? (?:talk|speak) about|^what happened (?:here|today|(?:in|at|during) (?:this|the) [\w ]+)[?.!\s]*$",
            _I,
        ),
    ),
    (
        Kind.IDENTITY,
        re.compile(
            r"是谁|是誰|是哪位|(?:主持人?|创始人|老板|嘉宾)(?:的?名字)?是?叫(?:什么|啥)|(?:主持人?|创始人|老板|嘉宾)的?名字是?(?:什么|啥)|是什么人|是(?:干|做)(?:什么|啥|嘛)(?:工作)?的|(?:什么|啥|哪种|哪[个一]?)(?:职业|行业|工作)(?:的|呢)?[?？]?$|职业(?:是|呢|[?？]|$)|何许人|什么(?:背景|来头|来历|身份|头衔|经历|履历)|(?:背景|简历|履历|经历|来头|学历|职务|头衔)(?:是|如何|怎么样|有哪些|介绍|$|[?？])|介绍一?下|毕业|[念读上](?:的|过)?(?:什么|啥|哪个?)(?:大学|学校|专业)|(?:以前|之前|曾经?|原来).{0,6}(?:做什么|干什么|干嘛|在哪|任职|工作|就职|公司|职务|职位)"
            r"|who(?:'s|’s| is| was) |name of the (?:host|moderator|founder)|(?:host|moderator|founder)['’]s name|background|biograph|\bbio\b|graduat|\bdegrees?\b|educat|worked? (?:at|for|before)|career|used to (?:work|be)|previous(?:ly)?\b.*\b(?:job|role|work)|['’]s (?:job|role|position|title)[?.\s]*$",
            _I,
        ),
    ),
    (
        Kind.WHO_SAID,
        re.compile(
            r"(?:是)?(?:谁|誰|哪(?:位|个)(?:嘉宾|人|讲者|老师|老板|创始人)?|哪些(?:嘉宾|人))(?:说|說|讲|講|提|谈|認|认|在讲|聊|问|负责|主张|建议|分享|觉得|举|用|打|把|曾|的(?:话|观点))"
            r"|who (?:said|says|mention|talk|told|claim|argue|ask|brought|compare|describe|suggest|spoke)|which (?:speaker|guest|founder|panell?ist)",
            _I,
        ),
    ),
    (
        Kind.COMPARE,
        re.compile(
            r"区别|區別|不同(?:点|之处|观点)?|差别|差异|相比|比较|對比|对比|(?:几位|四位|三位|两位|各位|每位|[几各每两三四五六]家|各|所有|其他|这些|嘉宾|创始人|讲者|大家|他们)(?:个)?(?:嘉宾|创始人|讲者|公司|企业|机构)?(?:们)?(?:都|各自|分别|对|是?怎么|如何|认为|觉得|的(?:观点|看法|竞争))"
            r"|(?<!每)各(?:拿|有|自|是|强|用|靠|在|怎|从|做|为|打|举|走|干|属|占|持|来自)|谁(?:更|靠前|领先|占优|强|快|大)|哪(?:个|家|一?种|边)更|(?:和|跟|与)[^,，。?？]{1,12}比|比起来|还是[^,，。?？]{1,12}(?:更|好|多|强|快|大)"
            r"|分别(?:是?怎么|如何|对|说|讲)|有哪些?分歧|共同点|一致|compare|differen(?:ce|t)|\bversus\b|\bvs\b|in common|(?:each|all|both|other|every) (?:of the )?(?:speaker|guest|founder|panell?ist|compan)"
            r"|(?:the|did) (?:speakers?|guests?|founders|panell?ists?|others)\b",
            _I,
        ),
    ),
    (Kind.ORDINAL, re.compile(rf"第\s*[{DIGITS}\d]+\s*(?:种|個|个|点|點|类|条|步|项|方面)|最后一(?:种|个|点|条)|\b(?:first|second|third|fourth|fifth|sixth|last)\b (?:one|mode|type|point|model|way|kind|reason|example|of)|\bthe (?:first|second|third|fourth|fifth|sixth|last)(?=[?.!\s]*$)", _I)),
    (
        Kind.LIST,
        re.compile(
            r"哪(?:几|些|两|三|四|五|六|七|八|九|十)|列(?:出|举|一下)|一(?:条条|个个|项项|一列)|逐(?:条|个|一)|[有边]几(?:个|点|种|条|项|类)(?!人|月|小时|亿|万)|好在哪|几(?:个|点|种|条|项)(?:优点|缺点|特点|模式|方式|原因|理由|场景|阶段|步骤|关系|好处|条件|方向|特征|维度|建议|优势)|[两二三四五六七八九十](?:个|点|种|条|项|大)[\u4e00-\u9fff]{0,4}(?:场景|模式|优点|缺点|特点|方式|原因|理由|阶段|步骤|好处|条件|方向|特征|维度|建议|优势|例子|关系|问题)(?:是什么|是啥|呢|分别|都是)?[?？]?$|[两二三四五六七八九十](?:个|点|种|条|项|大)[\u4e00-\u9fff]{2,6}?(?:都|分别)?(?:是什么|是啥|指什么|有哪些)[?？]?$|(?:都)?有(?:哪些|什么)|几(?:种|个方面|点(?![到开起睡见结出回关吃进离钟]|[上下]班)|类|条|大)(?!.{0,4}(?:多少))|分别是(?:什么|哪|啥)|(?:有|是)(?:啥|什么)(?:优点|特点|好处|模式|方式|条件|策略|框架|产品|客户|例子|场景)|包括(?:什么|哪)"
            r"|what (?:are|were) (?:the|his|her|their|some)|which (?:are|were|\w+s\b)|one by one|(?:two|three|four|five|six|seven) (?:\w+ ){0,2}(?:examples|reasons|points|modes|use cases|scenarios)|\blist\b|name (?:the|all|some)|what (?:kinds?|types?|sorts?) of|examples? of|what (?:\w+ ){0,2}(?:modes|advantages|benefits|reasons|points|steps|options|features|frameworks|customers|cases)",
            _I,
        ),
    ),
    (Kind.DEFINITION, re.compile(r"什么是|什麼是|啥是|是什么(?:意思|东西|概念|产品|软件|系统|模式|公司)?[?？呀啊]*$|是个?啥|什么意思|的(?:定义|含义|寓意)|怎么理解|指的是|叫什么|何谓|what (?:is|are|does|do) (?:a |an |the )?[\w\s'\"“”-]{1,40}?(?:mean)?[?？]?$|what(?:'s|’s) (?:a |an |the )|meaning of|define|stand for", _I)),
    (Kind.WHEN, re.compile(r"几点(?=到|开|起|睡|上班|下班|见|结束|出发|回|关|吃|进|离|钟)|什么时候|什麼時候|何时|何時|啥时候|哪(?:一)?年|几几年|哪(?:一)?天|几月|多久|几年|多长时间|什么时间|哪个月|^(?:and |or |but |so )?when[?.\s]*$|\b(?:and|or|since) when[?.\s]*$|since when|\bwhen(?:'s|’s| exactly| (?:did|do|does|was|were|is|are|will|would|has|have|had|can|could|should)\b)|what (?:year|date|month|day)|which year|how long", _I)),
    (Kind.HOW_MANY, re.compile(r"多少|百分之几|几成|(?<![哪好])几(?![位个家](?:嘉宾|创始人|讲者|老师|公司|企业|机构)们?是?(?:怎|都|对|如何|分别|各|认为|觉得|的看))(?:秒|天|小时|个|家|人|位|名|轮|次|倍|亿|万|成|岁|杯|款|台|米)|有多(?:大|高|长|快)|(?<!越)多(?:大|高|长|快|重|远|宽|深)(?=[?？。了啊呢]|$)|规模多大|(?:金额|数量|数目|占比|比例|估值|市值|营收|收入|价格)(?:是|有)?(?:多|几|$|[?？])|\bhow (?:many|much|big|large|high|tall|far|old|heavy|wide|thick)\b|what (?:number|amount|percentage|share|price|revenue|valuation|(?:market )?value)", _I)),
    (Kind.WHY, re.compile(r"为什么|为什麼|為什麼|为何|為何|为啥|凭什么|怎么会|原因|理由|图什么|咋就|why|reasons? (?:for|that|behind)|how come|what made", _I)),
    (Kind.HOW, re.compile(r"怎么|怎麼|咋|如何|怎样|怎樣|(?:能|可以)(?:用来)?(?:干|做)点?(?:嘛|啥|什么)[?？呢啊]*$|靠什么|用什么(?:方法|方式|办法)|\bhow\b", _I)),
    (Kind.WHO, re.compile(r"谁|誰|哪位|哪(?:个|家)(?:人|公司|机构)|\bwho(?:m|se)?\b|which (?:company|investor|person)", _I)),
    (Kind.WHERE, re.compile(r"哪里|哪裡|哪儿|在哪|什么地方|总部|\bwhere\b|which (?:city|country|place)", _I)),
    (Kind.OPINION, re.compile(r"怎么看|咋看|如何看|看法|觉得|认为|观点|评价|态度|think|opinion|view|feel|believe", _I)),
    (Kind.YES_NO, re.compile(r"(?:吗|嗎|[对是]吧|(?<![什怎多那这])么|没有|沒有)[?？。\s]*$|,? right[?\s]*$|是不是|是否|有没有|能不能|会不会|可不可以|要不要|好不好|对不对|^(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should)\b", _I)),
)  # fmt: skip

# Words that carry a question and not its topic.
_STOP_ZH = re.compile(
    r"开场白|开场|请问|請問|帮我|给我|告诉我|我想(?:知道|问(?:一?下)?|了解)|想(?:知道|了解|问)|能不能|可不可以|可以|麻烦|简单|详细|具体|一下|关于|關於|到底|究竟|有没有|是不是|是否|这场|這場|这个|這個|这次|那个|那次|本场|全场|今天|活动|现场|台上"
    r"|分享|演讲|演講|圆桌|(?:几|各|四|三|两|每)位(?:嘉宾|创始人|讲者)|嘉宾们?|几位|四位|各位|他们|她们|大家|主要|内容|核心|重点|观点|看法|什么|什麼|啥|哪些|哪几|哪个|哪位|哪里|哪儿|哪一?年|哪一?天|哪|谁|誰|怎么样|怎么|怎麼|怎样|如何|为什么|為什麼|为何|为啥|多少|几个|何时|时候|原因"
    rf"|叫什么名字|名字(?:是|叫)什么|(?:用)?一句话|一两句话|金句|亮点|推荐|看看|最(?:有用|精彩|重要|核心)|精彩|[{DIGITS}两几\d]+\s*[个点条句]\s*(?=(?:核心|主要|关键|重|要)*(?:要点|要點|观点|总结|takeaway))|咋样|咋|咱们|太长不看|总结|總結|概括|要点|讲了|说了|谈了|聊了|提到|提过|讲|講|说过|说|說|谈到|谈|談|聊|认为|觉得|看待|看|评价|介绍|分别|都|了|的|地|得|吗|嗎|呢|啊|呀|吧|么|是|在|有|和|与|跟|对|就|也|还|会(?![议谈])|能|要|把|被|让|从|那|这|他|她|它|我|你|您|们|个|些|点|种|第"
)
_STOP_WORDS = (
    "a an the of to in on at for from by with about as is are was were be been being am do does did done has have had can could will would should may might must"
    " what which who whom whose when where why how that this these those it its he she they them their his her him i you me my your we our us and or but if so not no"
    " say says said saying tell tells told talk talks talked talking speak spoke mention mentioned mentions think thinks thought believe opinion view views explain explained"
    " please give some any all there here then than also just into over out up down more most much many according speaker speakers guest guests panel panels event events session sessions transcript meeting meetings conversation podcast webinar discuss discussed"
    " summary summarize summarise summarized overview highlight highlights best quotes quote takeaways takeaway main key points point ideas idea s t re ve ll d"
)
_STOP_EN = frozenset(terms(_STOP_WORDS))
_HOW_LONG = re.compile(r"\bhow (long|old|often|soon)\b")
# What a question about the whole calls the whole, and what it asks for: no topic of an overview, but one of others.
_THIS = r"(?:[这那本该此全]|整个?)?[个场次期篇段部回届集]?"
_WHOLE = re.compile(
    rf"{_THIS}(?:座谈|研讨|讨论|发布|报告|分享|见面)?(?:会议?|会谈)(?:上|[里中]面?)?"
    rf"|{_THIS}(?:访谈|采访|专访|对话|谈话|节目|讲座|播客|视频|录音|录像|论坛|沙龙|直播|课程?|文字稿|文字记录|文稿|稿子|文章|文本|原文|文|记录)(?:上|[里中]面?)?"
    r"|总体(?:来[说看])?|总的来说|整体上?|一[个份]|概要|提要|纪要|大意|主旨|中心思想|[主话议]题|方面|东西|事情?|讨论|[一两几三]分钟|看懂|速览|快速|了解"
    r"|\b(?:this|the|that|today['’]s|whole|entire)? ?(?:interview|lecture|video|recording|call|text|document|article|debate|show|episode|speech|presentation)\b"
    r"|\b(?:topics?|subjects?|things?|covered|recap|gist|nutshell|(?:short|quick) version|minutes|happened)\b",
    _I,
)
_LATIN_WORD = re.compile(r"[A-Za-z]+")
# Of a story told on stage only what it is about is in its words: "the mountain story" is on mountains, and 故事 is said elsewhere.
_STORY = re.compile(
    r"(?P<of>\b(?:the|that|this) (?:[\w'’-]+ ){1,3}?)(?:story|stories|anecdote|tale|parable)\b|\b(?:the )?(?:story|tale) of (?=\w)|(?P<of_zh>[\u3400-\u9fff]{2})(?:的|[那这][个段则])(?:小?故事|段子|寓言)",
    _I,
)
# Words that build a sentence: they tell its language where names of the other stand in it ("what is the 客厅 mode?").
_BUILDS_EN = re.compile(r"\b(?:what|who|whose|why|how|which|when|where|is|are|was|were|does|did|do|the|of|about)\b", _I)
_BUILDS_ZH = re.compile(r"[的是了吗呢吧啊什么怎谁哪几多有在说讲被把和跟与对为如何请]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood: ``kinds`` by falling priority, ``topic`` its content terms in search form."""

    text: str
    lang: Lang
    kinds: tuple[Kind, ...]
    people: Mentioned
    topic: tuple[str, ...]
    said: tuple[str, ...] = ()
    """What its words mean in the talk, where that is in another language (bot/gloss.py)."""

    def is_(self, *kinds: Kind) -> bool:
        """Whether any of these cues fired."""
        return any(kind in self.kinds for kind in kinds)


def understand(text: str, card: EventCard, lang: Lang | None = None) -> Asked:
    """Read a question by its cues; they only steer the answer's shape, never whether there is one."""
    asked = unicodedata.normalize("NFKC", text).strip()
    named = people(asked, card)
    if not named.spans and (about := _STORY.sub(r"\g<of>\g<of_zh>", asked)) != asked:
        asked, named = about, people(about, card)
    return _understood(asked, lang or language(text), named)


@lru_cache(maxsize=256)  # a question is read eight times on its way to an answer
def _understood(asked: str, lang: Lang, named: Mentioned) -> Asked:
    plain = normal(asked)
    kinds = tuple(kind for kind, cue in CUES if cue.search(plain) or cue.search(asked))
    if not any(map(str.isalnum, asked)) or (not kinds and len(set(filter(str.isalnum, asked))) < _LETTERS):
        # Marks, pictures or one letter only: nothing is asked of the talk.
        kinds = (Kind.CHITCHAT,)
    return Asked(asked, lang, kinds, named, _about(asked, named, kinds))


def language(text: str) -> Lang:
    """The language that builds the sentence; where both or neither do, ``zh`` if there is a Chinese character for every
    two Latin words.
    """
    han = sum(map(len, HAN.findall(text)))
    if han and _BUILDS_EN.search(text) and not _BUILDS_ZH.search(text):
        return "en"
    return "zh" if han and han * 2 >= len(_LATIN_WORD.findall(text)) else "en"


def _about(text: str, named: Mentioned, kinds: Sequence[Kind]) -> tuple[str, ...]:
    """The content terms, names out; none where an overview of nothing but the whole is asked for."""
    for span in reversed(named.spans):
        text = text[: span.start] + " " + text[span.end :]
    text = normal(text)
    of_whole = Kind.OVERVIEW in kinds and not any(_topic(_WHOLE.sub(" ", text)))
    return () if of_whole else tuple(_topic(text))


def _topic(text: str) -> Iterator[str]:
    """Content terms: CJK pairs (or single characters that stand alone) and Latin words, question words out."""
    text = _STOP_ZH.sub(" ", text)
    seen: set[str] = set()
    found = [t for t in terms(text) if (t not in _STOP_EN if latin(t) else True)]
    measure = {*terms(" ".join(_HOW_LONG.findall(text)))}  # is in the answer as minutes or years
    found = [t for t in found if t not in measure] or found
    pairs = [t for t in found if latin(t) or len(t) == 2]
    for term in pairs or found:
        if term not in seen:
            seen.add(term)
            yield term
