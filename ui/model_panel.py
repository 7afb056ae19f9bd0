"""The language model in Settings: found on this machine or given by hand, tried, used or not; and what it was sent.

It must never look for a model or send anything before a click, never show a key, and show what was sent as the very
characters that went. The test sends one fixed question.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import streamlit as st
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.llm import find_local_models
from assistant.model_choice import ModelChoice, choose_model, is_readable_on_the_way, settings_with
from assistant.model_trial import QUESTION, try_model
from assistant.render.model import use_lines
from assistant.settings import PREFIX, Settings
from ui.parts import open_anew, say, told, unfold

_FOUND = "local_models"
_CHOSEN = "model_chosen"
_KEY = f"{PREFIX}MODEL_KEY"


def show_model(assistant: Assistant) -> None:
    st.header("Language model")
    known = assistant.settings
    if done := st.session_state.pop(_CHOSEN, None):
        say(done)
    if known.model:
        show_known(known)
    else:
        st.write("None is set, and none is needed: the plain writer works offline. A model makes the prose warmer.")
    show_local(known)
    show_endpoint(known)
    with told():
        show_sent(assistant)


def show_known(known: Settings) -> None:
    say(f"{known.model} at {known.model_url or 'api.openai.com'}")
    say(f"The test sends these words and nothing else: {QUESTION}")
    with st.container(horizontal=True):
        asked = st.button("Test the model", icon=":material/bolt:")
        if st.button("Use no model", icon=":material/power_settings_new:"):
            use(known, ModelChoice(model=""))
    if asked:
        test(known)


def test(known: Settings) -> None:
    """One fixed question, and what came of it in a line."""
    with told(), st.spinner("Asking"):
        found = try_model(known)
        say(f"It answered “{' '.join(found.answer.split())[:200]}” in {found.seconds} seconds.")
        counted = found.input_tokens + found.output_tokens
        say(f"{found.input_tokens} tokens read, {found.output_tokens} written." if counted else "Tokens not counted.")


def use(known: Settings, choice: ModelChoice) -> None:
    """Writes the choice down; a key that is not to be kept lives in this program's memory until it ends."""
    with told():
        chosen = choose_model(known.home, choice)
        key = settings_with(known, choice).model_key.get_secret_value()
        os.environ.pop(_KEY, None)
        if key and not choice.keep_key:
            os.environ[_KEY] = key
        done = f"{choice.model} is used from now on." if choice.model else "No model is used."
        st.session_state[_CHOSEN] = "\n".join((f"Written into {chosen.file}. {done}", *chosen.notes))
        st.session_state.pop(_FOUND, None)
        open_anew()
        st.rerun()


# --- on this machine ----------------------------------------------------------------------------------------------


def show_local(known: Settings) -> None:
    if st.button("Look for Ollama on this machine", icon=":material/search:"):
        st.session_state.pop(_FOUND, None)
        with told(), st.spinner("Looking"):
            st.session_state[_FOUND] = find_local_models()
    found = st.session_state.get(_FOUND)
    if found is None:
        return
    if not found.models:
        say(f"Ollama answers at {found.url}, with no model yet; get one with: ollama pull NAME")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(f"Models at {found.url}", found.models)
        if st.button("Use this model", type="primary"):
            use(known, ModelChoice(model=name, url=found.url))


# --- by hand ------------------------------------------------------------------------------------------------------


def show_endpoint(known: Settings) -> None:
    with st.expander("Another model, a key, your prices"):
        with st.form("endpoint", border=False):
            url = st.text_input("Address (empty: OpenAI)", known.model_url, placeholder="http://127.0.0.1:11434/v1")
            model = st.text_input("Model", known.model, placeholder="llama3.2")
            label = (
                "Key (one is set, not shown)" if known.model_key.get_secret_value() else "Key (local servers need none)"
            )
            key = st.text_input(label, type="password", autocomplete="off")
            keep = st.checkbox(
                "Keep the key in the settings file", help="Readable by you only. Else it is gone when the app stops."
            )
            left, right = st.columns(2)
            price_in = left.number_input("Price of a million tokens read", 0.0, None, known.model_price_in, 0.01, "%g")
            price_out = right.number_input(
                "Price of a million tokens written", 0.0, None, known.model_price_out, 0.01, "%g"
            )
            with st.container(horizontal=True):
                tried = st.form_submit_button("Test these")
                used = st.form_submit_button("Use these", type="primary")
        if not (tried or used):
            return
        if not model.strip():
            st.error("Name a model, such as llama3.2.")
            return
        choice = ModelChoice(
            model=model.strip(),
            url=url.strip(),
            key=SecretStr(key.strip()),
            keep_key=keep,
            price_in=price_in,
            price_out=price_out,
        )
        if used:
            use(known, choice)
            return
        if is_readable_on_the_way(url.strip()):
            st.warning("This address is another machine without encryption: use one that begins with https.")
        with told():
            test(settings_with(known, choice))


# --- what would be sent, and what was -----------------------------------------------------------------------------


def show_sent(assistant: Assistant) -> None:
    """The figures, and the body of the last request as it went."""
    st.header("What it was sent, and what it used")
    say("\n".join(use_lines(assistant.model_use())))
    last = assistant.last_prompt()
    if last is None:
        return
    unfold(f"The last prompt, byte for byte ({len(last):,} bytes)", lambda: show_prompt(last), "last-prompt")


def show_prompt(last: bytes) -> None:
    st.code(last.decode("utf-8", "backslashreplace"), language=None, wrap_lines=True, height=320)
    st.download_button("Download it", last, "last_prompt.json", "application/json", on_click="ignore")


def show_preview(ask: Callable[[], bytes]) -> None:
    """What a draft would send first, fetched by `ask` only where the user wants to see it; nothing is sent."""
    if st.toggle("Show what the model would be sent"):
        with told():
            body = ask()
            say(f"{len(body):,} bytes, and nothing else but the key. Nothing is sent until you press Write draft.")
            st.code(body.decode("utf-8"), language=None, wrap_lines=True, height=320)
