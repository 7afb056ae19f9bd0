from __future__ import annotations

import pytest

from assistant.languages import find_language, name_of

ONE = {
    "en": "When we had coffee in Porto in March, you were looking for a notary. I know one. Shall I ask her?",
    "pt": "Quando tomámos café no Porto em março, você procurava um notário. Conheço uma em Lisboa. Quer que eu pergunte?",
    "es": "Cuando tomamos un café en Oporto, buscabas un notario. Conozco a uno en Lisboa. ¿Quieres que le pregunte?",
    "fr": "Quand nous avons pris un café à Porto, vous cherchiez un notaire. J'en connais une. Voulez-vous que je lui demande ?",
    "de": "Als wir im März in Porto Kaffee tranken, suchten Sie einen Notar. Ich kenne eine in Lissabon. Soll ich sie fragen?",
    "it": "Quando abbiamo preso un caffè a Porto, cercavi un notaio. Ne conosco una a Lisbona. Vuoi che le chieda?",
    "nl": "Toen we in maart koffie dronken in Porto, zocht je een notaris. Ik ken er een in Lissabon. Zal ik het haar vragen?",
    "sv": "När vi drack kaffe i Porto i mars letade du efter en notarie. Jag känner en i Lissabon. Ska jag fråga henne?",
    "pl": "Kiedy piliśmy kawę w Porto w marcu, szukała pani notariusza. Znam jedną w Lizbonie. Czy mam ją zapytać?",
    "und": "三月にポルトでコーヒーを飲んだとき、 公証人をお探しでした。 一人 知っています。 彼女に 聞いてみましょうか。 はい",
}


@pytest.mark.parametrize("code", ONE)
def test_a_text_is_known_for_its_language(code: str) -> None:
    assert find_language(ONE[code]) == code


def test_foreign_names_and_short_texts_are_english() -> None:
    assert find_language("I met Inês at the Rua de São Bento, and the Museu do Mar was closed that day.") == "en"
    assert find_language("Olá Ana") == "en"


def test_a_language_the_table_does_not_know_is_believed_where_nothing_is_english() -> None:
    hungarian = "Amikor márciusban Portóban kávéztunk, közjegyzőt kerestél. Ismerek egyet Lisszabonban. Megkérdezzem?"
    assert (find_language(hungarian, "hu"), find_language(ONE["en"], "hu")) == ("hu", "en")
    assert (name_of("pt-BR"), name_of("hu"), name_of("en")) == ("Portuguese", "hu", "English")
