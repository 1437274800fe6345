"""Models by name, "provider:model", through LangChain; each provider's own words for the few things we set."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from index.errors import InputError

from ..settings import Settings
from .chat import Known, Model, Patience
from .wire import hooks

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRAS = ("openai", "anthropic", "ollama")  # providers that pyproject has an extra for
_CLOSE = {"Connection": "close"}  # a call a minute gains nothing from kept connections, and a stale one fails
_NO_KEY = "none"  # servers of one's own want no key, and the package wants some


def open_model(settings: Settings) -> Model:
    """The model that the settings name; nothing is asked of it yet."""
    name = settings.model or ""
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise InputError(f"{name!r} is not a model's name; write PROVIDER:MODEL, such as 'openai:gpt-4.1-mini'")
    if settings.model_context < 2 * settings.model_output:
        raise InputError(
            f"model_context {settings.model_context} leaves no room for a prompt beside model_output "
            f"{settings.model_output}"
        )
    known = Known(name, settings.model_context - settings.model_output, tells_end=provider in EXTRAS)
    patience = Patience(settings.model_first, settings.model_total, settings.model_tries, settings.model_output)
    return Model(_chat(provider, model, settings), known, patience=patience)


def _chat(provider: str, model: str, settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        given = _GIVEN.get(provider, _any)(settings)
        if settings.model_temperature != "default":
            given["temperature"] = settings.model_temperature
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **given)
    except ImportError as error:
        package = f"'roundtable[{provider}]'" if provider in EXTRAS else f"langchain-{provider.replace('_', '-')}"
        raise InputError(
            f"the model {settings.model!r} needs a package that is not installed; install it with: pip install {package}"
        ) from error
    except Exception as error:  # noqa: BLE001  whatever it says may hold the key, so it is not said
        if "Unsupported provider" in str(error):
            words = f"{provider!r} is no provider that LangChain knows; write openai, ollama, anthropic or another of its names"
            raise InputError(f"the model {settings.model!r} cannot be used: {words}") from None
        hint = "is its key in the environment (ROUNDTABLE_MODEL_KEY, or as its provider expects)?"
        raise InputError(f"the model {settings.model!r} cannot be used ({type(error).__name__}); {hint}") from None
    return chat


def _openai(settings: Settings) -> dict[str, Any]:
    import os

    from openai import DefaultAsyncHttpxClient, Timeout

    given: dict[str, Any] = {
        "max_retries": 0,
        "timeout": Timeout(settings.model_total, connect=settings.model_connect),
        "stream_chunk_timeout": None,
        "default_headers": _CLOSE,
        "http_async_client": DefaultAsyncHttpxClient(event_hooks=hooks()),
    }
    if settings.model_url:
        # max_tokens by its first name: most compatible servers do not know OpenAI's newer max_completion_tokens.
        given |= {"base_url": settings.model_url, "extra_body": {"max_tokens": settings.model_output}}
    else:
        given["max_tokens"] = settings.model_output
    if settings.model_key:
        given["api_key"] = settings.model_key
    elif settings.model_url and not os.environ.get("OPENAI_API_KEY"):
        given["api_key"] = _NO_KEY
    return given


def _ollama(settings: Settings) -> dict[str, Any]:
    from httpx import Timeout

    timeout = Timeout(settings.model_total, connect=settings.model_connect)
    given: dict[str, Any] = {
        "num_predict": settings.model_output,
        "num_ctx": settings.model_context,  # Ollama's own default cuts a longer prompt without a word
        "client_kwargs": {"timeout": timeout, "headers": dict(_CLOSE)},
        "async_client_kwargs": {"event_hooks": hooks(key=settings.model_key)},
    }
    return given | ({"base_url": settings.model_url} if settings.model_url else {})


def _anthropic(settings: Settings) -> dict[str, Any]:
    return _any(settings) | {"default_headers": _CLOSE}


def _any(settings: Settings) -> dict[str, Any]:
    given: dict[str, Any] = {
        "max_tokens": settings.model_output,
        "max_retries": 0,
        "timeout": settings.model_total,
    }
    if settings.model_url:
        given["base_url"] = settings.model_url
    if settings.model_key:
        given["api_key"] = settings.model_key
    return given


_GIVEN: dict[str, Callable[[Settings], dict[str, Any]]] = {
    "openai": _openai,
    "ollama": _ollama,
    "anthropic": _anthropic,
}
