"""The page Settings: what is set and from where, whether all is well, the language model, the user's voice.

It must never show a secret.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import VoiceReport
from assistant.settings import FILE_NAME, read_origins
from ui.answers import find_health, look_again
from ui.model_panel import show_model
from ui.parts import get_assistant, in_screen_words, put_uploads, say, show_table, told, unfold


def main() -> None:
    assistant = get_assistant()
    st.title("Settings")
    left, right = st.columns(2, gap="large")
    with left:
        show_model(assistant)
    with right:
        with told():
            show_health(assistant)
        with told():
            show_voice(assistant)
    unfold("All settings, and where each comes from", lambda: show_settings(assistant), "settings", ":material/tune:")


def show_settings(assistant: Assistant) -> None:
    say(f"Change one in {assistant.home / FILE_NAME}, or in the environment, which comes first; then start again.")
    show_table(
        {"setting": one.name, "value": one.value, "from": one.where, "what it is": one.meaning.replace("`", "")}
        for one in read_origins(assistant.settings)
    )


def show_health(assistant: Assistant) -> None:
    st.header("Is all well?")
    looked_at = find_health(assistant)
    wrong = [one for one in looked_at if not one.ok]
    for one in wrong:
        fix = f" — {in_screen_words(one.fix)}" if one.fix else ""
        say(f"✗ {one.name}: {in_screen_words(one.detail)}{fix}")
    if not wrong:
        say("Yes. Your book and everything it needs are in order.")
    with st.expander("What was looked at"):
        for one in looked_at:
            say(f"{'✓' if one.ok else '✗'} {one.name}: {in_screen_words(one.detail)}")
        st.button("Look again", icon=":material/refresh:", on_click=look_again)


def show_voice(assistant: Assistant) -> None:
    st.header("Your voice")
    st.write("Drafts can sound like you. Give some mail you sent: figures and a few masked examples are kept, no mail.")
    show_known(assistant.voice())
    with st.form("voice", clear_on_submit=True):
        files = st.file_uploader("Sent mail", type=["mbox", "eml", "txt"], accept_multiple_files=True)
        text = st.text_area("Or paste a few mails of yours")
        sent = st.form_submit_button("Learn from these")
    if sent and (files or text.strip()):
        with put_uploads(files) as paths, st.spinner("Reading"):
            st.session_state["voice_report"] = assistant.voice(paths, text)
        st.rerun()
    if "voice_report" in st.session_state:
        show_learnt(st.session_state["voice_report"])
    if assistant.voice().figures and st.button("Forget my voice"):
        assistant.forget_voice()
        st.session_state.pop("voice_report", None)
        st.rerun()


def show_known(report: VoiceReport) -> None:
    if not report.figures:
        say("Nothing is known of it yet.")
        return
    one = report.figures
    say(
        f"Learnt from {one.mails} mails: {one.words[1]} words usually, {one.sentence_words:.0f} a sentence; "
        f"you begin with {_most(one.greetings)} and end with {_most(one.sign_offs)}."
    )


def _most(counted: tuple[tuple[str, int], ...]) -> str:
    return f"“{counted[0][0]}”" if counted else "nothing in particular"


def show_learnt(report: VoiceReport) -> None:
    say(f"Read {report.read}, used {report.used}.")
    for line in report.notes:
        say(line)
    if report.left_out:
        show_table({"left out because": why, "how many": str(number)} for why, number in report.left_out)


main()
