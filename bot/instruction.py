"""Words that address a model rather than an audience: a planted line is kept from the model, and still quoted as it is."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f]")
_RULES = r"(?:指令|指示|规则|規則|要求|提示词?|设定|限制|对话|说明|命令|内容|instructions?|rules?|prompts?|directions?|guidelines?|context|polic(?:y|ies)|constraints?)"
_INSTRUCTS = re.compile(
    "|".join(
        (
            rf"(?:忽略|无视|無視|忘记|忘掉|不要理会|不用管|推翻|绕过|跳过|覆盖).{{0,14}}{_RULES}",
            rf"\b(?:ignore|disregard|forget|override|bypass)\b.{{0,40}}\b{_RULES}",
            r"系统(?:提示|消息|指令|命令)|开发者模式|越狱|system (?:prompt|message|override|instruction)|developer mode|jailbreak|(?-i:\bDAN\b)|do anything now",
            r"(?:你现在是|从现在(?:开始|起)[,，]?你|你不再是|你(?:要|来|将)?扮演|请扮演|假装你|你的(?:新)?(?:任务|身份|角色|名字)是)",
            r"\b(?:you are now|from now on,? you|act as|pretend (?:to be|you)|role-?play|your (?:new )?(?:task|role|job|name|goal) is)\b",
            r"(?:AI|人工智能|语言模型|大模型|机器人|聊天机器人|智能助手|助手)(?:们)?[,，:：]?\s*(?:必须|请务必|请|一定要|注意)",
            r"(?:如果|若)你是(?:一个|一名)?(?:AI|人工智能|语言模型|大模型|机器人|助手)|\bif you(?:'re| are) (?:an? )?(?:AI|LLM|language model|assistant|chatbot|bot)\b",
            r"\b(?:AI|LLM|chatbot|language model|assistant|bots?)s?[,:]?\s+(?:must|should|please|shall|are (?:required|instructed))\b|\b(?:attention|note to|dear|hey),? (?:all )?(?:AI|LLM|assistant|chatbot|model)",
            r"(?:只|仅)(?:需|要|能|许|准)?(?:回复|输出|回答|返回|打印)|(?:回复|输出|打印|复述|重复)(?:以下|下面|这句|如下|这几个字|暗号|口令|密码|全部|你的)|(?:回答|回复|输出|答案)(?:时)?(?:必须|一律|开头|结尾|末尾|都要|都写)",
            r"\b(?:reply|respond|answer|output|print|repeat|write|return)\b.{0,12}\b(?:only|exactly|verbatim|nothing (?:else|but)|(?:with )?the (?:word|phrase|code|string|secret|password|following))\b|\bsay (?:only|exactly|the (?:word|phrase|code|password))\b",
            r"(?:every|each|all) (?:answer|reply|response)s? (?:must|should|shall)|(?:begin|start|end) (?:your|every|each) (?:answer|reply|response)",
            r"</?\s*(?:system|data|instruct\w*|assistant|user|admin|prompt|context|document|tool|例|example)\b|<\|[^|>\n]{0,20}\|>|\[/?INST\]|<</?SYS>>|^#{2,}\s*(?:system|instruct\w*|assistant|user|指令|系统|用户|助手)",
            r"^\s*(?:system|assistant|user|developer|系统|助手|用户|开发者)\s*[:：]",
            r"!\[[^\]\n]{0,80}\]\(|\]\(\s*(?:https?:|javascript:|data:)|<(?:img|script|iframe|a)\b|javascript:|data:text/",
            r"(?:[\[【［]\s*S\s*\d|[\[【]citation)|NO_ANSWER",
            r"(?:泄露|透露|告诉我|发送|发到|公开|显示|说出).{0,12}(?:密钥|密码|口令|系统提示|提示词|环境变量|api.?key)|\b(?:reveal|leak|show|send|expose|disclose|dump|exfiltrate)\b.{0,30}\b(?:prompt|api.?keys?|password|secrets?|token|env\w*|system)\b",
        )
    ),
    re.IGNORECASE,
)


def instructs(text: str) -> bool:
    """Whether words give orders to a model."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return bool(_INSTRUCTS.search(plain)) or bool(_INVISIBLE.search(text) and len(_INVISIBLE.findall(text)) > 3)
