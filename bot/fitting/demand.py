"""What a question asks for by name, and what an answer to it cannot do without: money, a school, a licence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .figure import DIGITS, MONEY, MONEY_ASKED, YEAR

_Patterns = tuple[re.Pattern[str], re.Pattern[str]]


def _compiled(table: Iterable[tuple[str, str]]) -> tuple[_Patterns, ...]:
    return tuple((re.compile(asked, re.IGNORECASE), re.compile(held, re.IGNORECASE)) for asked, held in table)


# Each with what asks for it, and what an answer holds. These are met in more ways than can be listed, so that a talk
# without any of them may tell it all the same.
_LOOSE = _compiled(
    (
        # a year
        (
            r"哪一?年|几几年|\b(?:which|what) year\b",
            rf"\d{{2,4}}\s*年|[零〇{DIGITS}]{{2,4}}年|世纪|年代|[去今前当]年|年前|{YEAR}",
        ),
        # a time of day
        (
            r"几点(?:钟|(?=到|开|起|睡|上班|下班|见|结束|出发|回|关|吃|进|离))|\b(?:at )?what time (?:is|was|does|did|do|will)\b",
            rf"\d\s*[点:：]|[{DIGITS}两]点(?![个种条])|中午|半夜|凌晨|\b(?:noon|midnight|o['’]clock)\b|\d\s*[ap]\.?m\b",
        ),
        # money
        (MONEY_ASKED, MONEY),
        # an address
        (
            r"地址(?:是|给|发|呢|$)|网址|链接|官网|邮箱|电话号码|微信号|\burl\b|\blink\b|\be-?mail\b|phone number",
            r"https?://|www\.|\b[\w-]+\.(?:com|org|cn|net|io)\b|@|\d{7,}",
        ),
        # a share
        (
            r"百分之[几多]|百分比|占比|份额|比例|[几幾]成|percent|what share|proportion",
            rf"[%％]|百分之|[一二三四五六七八九两几]成|[\d{DIGITS}]分之|一半|倍|\bhalf\b|percent",
        ),
        # a name
        (
            r"(?:叫|取名|起名)(?:什么|什麼|啥)|名[字称稱](?:是|叫)?(?:什么|什麼|啥)|\bwhat (?:is|was|are|were)\b.{1,60}\bcalled\b|\bwhat.{1,20}\bnames? (?:of|for)\b",
            r"叫|[称稱]|名[为為叫字]|[《“「『\"]|\b(?:called|named|name)\b|[A-Za-z]{2}",
        ),
    )
)
# A talk of which no words hold one of these does not tell it.
_CERTAIN = _compiled(
    (
        # a school
        (
            r"(?:哪[个所间些]?|什么|哪里的?)(?:大学|学校|学院)|毕业于哪|哪里毕业|毕业院校|学历|[什哪][么个种]学位|\beducational background\b|\b(?:what|which) degrees?\b|\b(?:which|what) (?:university|college|school)\b",
            r"大学|大學|学院|學院|学校|學校|毕业|畢業|学士|硕士|学位|本科|读博|\b(?:university|college|school|institute|degree|ph\.?d|bachelor|master)",
        ),
        # a bank, a hospital
        (r"(?:哪[家个些]?|什么)银行|\b(?:which|what) banks?\b", r"银行|[工农建招央]行|\bbank"),
        (r"(?:哪[家个些所]?|什么)医院|\b(?:which|what) hospitals?\b", r"医院|\bhospital"),
        # a language
        (
            r"(?:什么|哪种|哪门|哪些)(?:编程|开发|程序)?(?:语言|語言)|\b(?:which|what) (?:\w+ )?languages?\b",
            r"语言|語言|[汉漢英法德日俄韩韓]语|[中英日法德]文|\b(?:java|python|rust|golang|go|scala|erlang|ruby|swift|kotlin|english|chinese|french|german|language)\b|C\+\+",
        ),
        # a protocol
        (
            r"(?:什么|哪种|哪个|哪些)(?:网络|通信|传输)?(?:协议|協議)|\b(?:which|what) (?:\w+ )?protocols?\b",
            r"协议|協議|\bprotocol\b|\b(?:HTTPS?|TCP|UDP|RDMA|MQTT|g?RPC|SMTP|FTP)\b",
        ),
        # a licence
        (
            r"(?:什么|哪种|哪个|哪份)(?:开源)?(?:许可证?|授权|协议书)|\b(?:which|what) (?:\w+ )?licen[cs]e",
            r"许可|授权|\blicen[cs]ed?\b|\b(?:GPL|BSD|MIT|Apache)\b",
        ),
        # a seat of government
        (
            r"首都|省会|首府|\bcapital(?: city)? of\b|\bcapital city\b",
            r"首都|省会|首府|都城|\bcapital\b",
        ),
        # the weather
        (
            r"天气|气温|下雨[吗了]|\b(?:weather|forecast)\b",
            r"天气|气温|[下暴大]雨|[下大]雪|晴天|阴天|台风|\b(?:weather|rain(?:y|s|ing)?|snow(?:y|s|ing)?|sunny|degrees)\b",
        ),
        # how many live there
        (
            r"人口|\bpopulation\b|\bhow many people live\b",
            r"人口|[万亿]人|居民|\b(?:population|inhabitants|people)\b",
        ),
        # where somebody has their headquarters
        (
            r"总部.{0,4}(?:在哪|哪里|哪儿|哪个|什么地方)|\bwhere (?:is|are|was) .{1,40}\b(?:headquartered|headquarters|based)\b",
            r"总部|位于|坐落|\bheadquarter|\bbased in\b",
        ),
        # how old somebody is
        (
            r"年龄(?!段)|年纪|岁数|几岁|多少岁|\bhow old (?:is|was|are|were) (?:he|she|they|(?:the|his|her|their) (?:\w+ )?(?:speaker|guest|host|founder|patient|child|children|kid|daughter|son|student|boy|girl|man|woman|father|mother|wife|husband|doctor|professor|teacher|author|writer)s?|(?-i:[A-Z]\w+ [A-Z]\w+))\b",
            r"岁|出生|生于|[5-9]0后|\byears? old\b|\bborn\b",
        ),
        # how tall something is that stands
        (
            r"[山峰楼塔][^,，。?？的]{0,3}多高|(?:海拔|身高)(?:是|有)?多|\bhow tall\b|\bhow high (?:is|are) (?:the )?(?:mount|mt)\b|\b(?:height|elevation) of\b",
            rf"[\d{DIGITS}百千两几]\s*(?:米|公里|英尺|层)|\b(?:met(?:re|er)s?|feet|foot|storeys?|stories)\b",
        ),
    )
)


def demanded(question: str, *, certain: bool = False) -> Iterator[re.Pattern[str]]:
    """What an answer must hold for each thing that a question asks for by name.

    ``certain``: only for things that cannot be told otherwise, so that a talk which holds none does not tell them.
    """
    for asked, held in _CERTAIN if certain else (*_LOOSE, *_CERTAIN):
        if asked.search(question):
            yield held
