"""Givefirst: notes in, a checked message out. The tree is the flow; imports go one way, down this list.

    cli       the command line, a module a group of commands; render (values as text) and launch (screens and evals)
    app       Assistant: the use cases by name; the only place that builds things
    handover, writing, intake, voice, doctor
              one use case each: a draft handed over, a draft written, times in touch brought in, the user's way of
              writing learnt, the book looked after
    outbox    HAND OVER  mail files; nothing sends
    check     GUARD  claims, disclosure, safety, style: a message and its evidence in, findings out
    draft     WRITE  plan, plain writer, model writer, prompts, the user's voice
    find      THINK  search, common ground, material: exact reasoning, no language model
    sources   READ   one reader a format; facts out of notes; the user's own words out of sent mail
    store     KEEP   records in SQL, vectors derived
    llm       the one door to language models
    settings, text, domain, errors

`Assistant` is the face for other programs: `from assistant.app import Assistant`.
"""
