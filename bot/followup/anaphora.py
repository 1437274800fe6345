"""The words by which a question leans on what was said before: pronouns, corrections, "the others", "what about"."""

from __future__ import annotations

import re

from ..fitting.figure import DIGITS

_I = re.IGNORECASE
CORRECTS = re.compile(
    r"^(?:(?:不是|不对|错了|搞错了|不,|不)[,，。\s]*)?(?:我(?:是)?(?:想)?(?:问|说|指)的?(?:是|的)?)\s*|^(?:不是|不对|错了)[,，。\s]+(?:是\s*)?"
    r"|^(?:no|nope|not that|sorry)?[,.\s]*i (?:meant|mean|was asking|asked|am asking)(?: about| for)?\s+|^no[,.]\s+(?:not that[,.]\s*)?",
    _I,
)
OTHERS = re.compile(
    r"其(?:他|它|余)(?:的)?(?:人|嘉宾|几[位家]|三[位家]|各家|公司|创始人|讲者|各位)|其他的?(?=呢|怎么|咋|[?？]|$)|别的?(?:人|嘉宾|几位)|另外(?:几位|三位|两位|的人)|剩下(?:的|几位|的人)"
    r"|the others?\b(?! (?:side|hand|way|one))|other (?:speakers?|guests?|founders|panell?ists?)|everyone else|anyone else|anybody else",
    _I,
)
EXCEPT = re.compile(
    r"除了(?P<zh>[^,，]{1,12}?)(?:以外|之外|外)?[,，\s]|(?:apart from|besides|except|other than)\s+(?P<en>[\w .]{2,30}?)[,，]\s*",
    _I,
)
MORE = re.compile(
    r"还(?:说|讲|谈|聊|提)(?:过|到|了)?(?:些|点)?(?:什么|啥|哪些|别的)|还有(?:什么|啥|别的|其他的?|吗|呢)?(?:要说的)?[?？]?$|^(?:还有|继续|接着说|接着讲|再说说|再来点|更多|展开(?:讲讲|说说)?|详细(?:讲讲|说说|点)?)[呢吗吧?？\s]*$"
    r"|^还有(?:没有)?(?:别的|其[他它]的?)[^?？,，]{0,6}?[吗嘛么没?？]*$"
    r"|what else|anything else|tell me more|^(?:go on|more|and then|continue)[?.\s]*$",
    _I,
)
ORDINAL = re.compile(
    rf"第\s*[{DIGITS}\d]+\s*(?:种|個|个|点|點|条|类|项|步)?|最后(?:一|那)?(?:种|个|点|条|项)?|前(?:两|三|四|几)(?:种|个|点|条)|\b(?:the )?(?:first|second|third|fourth|fifth|sixth|last|next) (?:one|mode|point|item|type|kind)\b|\bthe (?:first|second|third|fourth|fifth|sixth|last|next)\b",
    _I,
)
ABOUT = re.compile(
    r"^(?:那|那么|至于)?(?P<zh>[^?？,，]{1,14}?)呢[?？\s]*$|^(?:and |but |so )?(?:what|how) about (?P<en>[^?？]{1,40})[?？\s]*$|^(?:and|or) (?P<and>[^?？]{1,30})[?？\s]*$",
    _I,
)
PERSON = re.compile(r"(?<![其])(?:他|她)(?!们|人)(?:的)?(?:本人|自己)?|\b(?:he|she|him|her|his)\b", _I)
# "Who sold his house?": the pronoun is whoever is asked for, and nobody who was spoken of.
BOUND = re.compile(
    r"^(?:and |so |but )?(?:who|which (?:of (?:them|you)|speaker|guest|founder|host|one))(?: has| had| also| even| once| first)* (?!(?:is|are|was|were|has|had|did|does|do|will|would|can|could|should|in|on|at|with|for)\b)\w+ (?:his|her|their)(?: own)? \w+",
    _I,
)
THING = re.compile(
    r"(?<![其])它(?!们)的?|(?<![一])(?:这|那|该|此)(?:种|个|家|款|项|条|套|类)?(?:模式|公司|项目|产品|系统|框架|方法|方式|办法|路线|比喻|软件|数据库|平台|技术|东西|观点|说法|问题|策略)(?!是|叫)|(?:这|那)(?:种|个|家|款)(?=有|是|难|好|能|会|怎|为|跟|和|[?？]|$)"
    r"|\b(?:it|its)\b(?! (?:take|true|mean|matter|possible))|\b(?:this|that|the same) (?:mode|company|project|product|system|model|approach|method|one|idea|framework|database|way)\b",
    _I,
)
MANY = re.compile(
    r"他们|她们|它们|这些|那些|前者|后者|上面|上述|刚才|^(?:这)?其中|\b(?:they|them|their|these|those|the former|the latter)\b",
    _I,
)
# What somebody was just told, or told of: said or done "so".
DEED = re.compile(
    r"[这那]么(?:说|讲|想|看|认为|觉得|做|干|选)|[这那]样(?:说|讲|想|看|做|干|选择?)(?!的(?:人|公司))|[这那][句番段]?话"
    r"|\b(?:say|says|said|saying|think|thinks|thought|do|does|did|done|doing) (?:so|this|that|it)(?=[?.!\s]*$)",
    _I,
)
# Doubt, or asking whose words they were: the last answer again shows both.
AGAIN = re.compile(
    r"^(?:那)?(?:(?:你)?(?:真的?|能)?(?:很|非常)?(?:确定|肯定)[吗么]?|真的[吗么]|真的?假的?|是真的[吗么]|不会吧"
    r"|(?:那|这)?(?:句|段|番)?(?:话)?(?:都)?是?(?:谁|哪位)(?:说|讲|提)(?:的|过的?|到的?|出来的)|(?:出处|来源|原话)(?:呢|在哪里?|是什么|是啥|是怎么说的)?|(?:请)?(?:你)?再(?:说|讲)一[遍次]"
    r"|are you (?:really )?(?:sure|certain)(?: about (?:that|this|it))?|really|is (?:that|this|it) (?:true|right|so)|(?:and )?who (?:said|says|told you) (?:so|that|this|it)|says who|(?:what(?:'s|’s| is) (?:the|your) )?source|(?:please )?say (?:that|it) again|come again)[?？!！。.\s吗呢]*$",
    _I,
)
CONTINUES = re.compile(r"^(?:那(?!个|种|些|家|位|款|年|时|天|七|四|三|两|几)|那么|然后|而且|and |but |so )", _I)
# "What do they think of open source?": who thinks, at a talk, are its speakers, whatever was asked before; but which one
# of several they prefer leans on what the several are.
EVERYONE = re.compile(
    r"^(?!.*(?:哪[种个條条项家一]|\bwhich\b)).*(?:他们|她们)(?:几个|几位|四位|都|各自|分别|对[^,，?？]{2,12})*(?:怎么|怎样|如何|咋)?(?:看|想|觉得|认为|评价)|^(?!.*\bwhich\b).*\b(?:do|did|would) they (?:all |each |both )?(?:think|feel|believe|say|view)\b",
    _I,
)
# A question that opens without a subject asks about the last one; a full question with its own nouns is longer.
SUBJECTLESS = re.compile(
    r"^(?:后来|最后|结果|之后|以前|之前|原来|曾经|当时|一开始|什么时候|啥时候|何时|哪年|被|拿过?了?几|拿过|有过|去过|做过|见过|叫什么|全名|多少|一共|总共|有多|有几|有什么|有啥|有哪些|在哪|哪里|从哪|是谁|是不是|算不算|能不能|会不会|难不难|贵不贵|值不值|怎么帮|怎么做|怎么解决|谁[^\s]{1,4}[?？]?$)"
    r"|^(?:总部|地址|创始人|愿景|优点|缺点|好处|坏处|特点|员工|客户|融资|估值|对手|名字|网址|规模|收入|价格|原因|目的|结果|例子|背景|学历|难点|风险|代价|目标|用户)(?:是|有|在|呢|怎么|多|叫|都|[?？]|$)",
)
ADDRESSES_ALL = re.compile(
    r"这场|这次|整场|全场|本场|活动|论坛|圆桌|嘉宾|主持人|几位|四位|大家|太长不看|\b(?:this|the|these|those) (?:talk|event|panel|session|discussion)s?\b|tl;?dr|takeaways?|summar",
    _I,
)
INTERROGATIVE = re.compile(
    r"[什啥哪谁几吗么怎咋何多]|\b(?:what|who|when|where|why|how|which|is|are|do|does|did|tell)\b", _I
)
# Any of these asks on from the last answer, though the rest is a whole question ("他讲了什么", "还有哪些要点").
LEANS = (PERSON, THING, MANY, OTHERS, MORE, ORDINAL, re.compile(r"^(?:还|另外)|\belse\b", _I))
