"""Givefirst: notes in, a checked message out. The tree is the flow; imports go one way, down this list.

    cli       the command line, a module a group of commands; render (values as text) and launch (screens and evals)
    app       Assistant: the use cases by name; the only place that builds things
    writing, handover          a draft written and checked; a kept one handed over, and what became of it
    importing, intake, noting  files and mailboxes read in; times in touch; what the user jots down
    reminding, suggesting      who is due; the few things worth doing today
    packets, asking            two people brought together; who could advise, care or come
    held_event, shortening     what an evening leads to; a briefing's lines made shorter by a model
    forgetting, suppressing    a person gone to the last byte, and kept from coming back
    voice, doctor              the user's way of writing learnt; the book looked after
    next_move, ahead           what the screens show of a person's next step; a large book's answers reckoned aside
    model_trial, model_choice, model_record  a model tried, chosen, and what it was sent
    outbox    HAND OVER  mail files; nothing sends
    check     GUARD  claims, disclosure, safety, style: a message and its evidence in, findings out
    draft     WRITE  plan, plain writer, model writer, prompts, the user's voice
    find      THINK  search, common ground, material: exact reasoning, no language model
    sources   READ   one reader a format; facts out of notes; the user's own words out of sent mail
    store     KEEP   records in SQL, vectors derived
    llm, mailbox  the one door to language models, and to the user's own mailbox
    settings, intervals, languages, verbs, nicknames, text, atomic, domain, errors

`Assistant` is the face for other programs: `from assistant.app import Assistant`.
"""
