"""Names of months in the main languages of Europe, and the other words that stand in dates."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = """
English:
  january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct
  november|nov december|dec
German:
  januar|jänner februar|feber märz|mrz april mai juni juli august september oktober|okt november dezember|dez
French:
  janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août septembre octobre novembre
  décembre|déc
Spanish:
  enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set octubre noviembre
  diciembre|dic
Italian:
  gennaio|genn|gen febbraio|febbr marzo aprile maggio|mag giugno|giu luglio|lug agosto settembre|sett
  ottobre|ott novembre dicembre
Portuguese:
  janeiro fevereiro|fev março abril maio junho julho agosto setembro outubro|out novembro dezembro
Catalan:
  gener|gen febrer|febr març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct novembre
  desembre|des
Romanian:
  ianuarie|ian februarie martie aprilie mai iunie|iun iulie|iul august septembrie octombrie noiembrie decembrie
Dutch:
  januari februari maart|mrt april mei juni juli augustus september oktober|okt november december
Danish, Norwegian:
  januar februar marts april maj juni juli august september oktober november december|des|desember
Swedish:
  januari februari mars april maj juni juli augusti september oktober november december
Finnish:
  tammikuu|tammikuuta helmikuu|helmikuuta maaliskuu|maaliskuuta huhtikuu|huhtikuuta toukokuu|toukokuuta
  kesäkuu|kesäkuuta heinäkuu|heinäkuuta elokuu|elokuuta syyskuu|syyskuuta lokakuu|lokakuuta
  marraskuu|marraskuuta joulukuu|joulukuuta
Polish:
  styczeń|stycznia luty|lutego marzec|marca kwiecień|kwietnia maj|maja czerwiec|czerwca lipiec|lipca
  sierpień|sierpnia wrzesień|września październik|października listopada grudzień|grudnia
Czech:
  leden|ledna únor|února březen|března duben|dubna květen|května červen|června červenec|července srpen|srpna
  září říjen|října listopadu prosinec|prosince
Hungarian:
  január február március április|ápr május június július augusztus szeptember|szept október november december
Russian:
  январь|января|янв февраль|февраля|фев март|марта|мар апрель|апреля|апр май|мая июнь|июня|июн июль|июля|июл
  август|августа|авг сентябрь|сентября|сент|сен октябрь|октября|окт ноябрь|ноября|нояб|ноя декабрь|декабря|дек
Ukrainian:
  січень|січня лютий|лютого березень|березня квітень|квітня травень|травня червень|червня липень|липня
  серпень|серпня вересень|вересня жовтень|жовтня листопад|листопада грудень|грудня
Greek:
  ιανουάριος|ιανουαρίου φεβρουάριος|φεβρουαρίου μάρτιος|μαρτίου απρίλιος|απριλίου μάιος|μαΐου ιούνιος|ιουνίου
  ιούλιος|ιουλίου αύγουστος|αυγούστου σεπτέμβριος|σεπτεμβρίου οκτώβριος|οκτωβρίου νοέμβριος|νοεμβρίου
  δεκέμβριος|δεκεμβρίου
Turkish:
  ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
Latin:
  ianuarii|januarii|ianuarius|januarius februarii|februarius martii|martius aprilis maii|maius
  iunii|junii|iunius|junius iulii|julii|iulius|julius augusti|augustus septembris octobris novembris decembris
"""
"""The twelve months of each language, the forms of one with bars between. `listopad` alone is left out: it is October
in Croatian and November in Polish and Czech."""

_WEEKDAYS = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag"
    " mandag tirsdag lørdag søndag poniedziałek wtorek środa czwartek piątek sobota niedziela"
    " понедельник вторник среда четверг пятница суббота воскресенье"
)
_FILLERS = (  # winters lie in two years and are no such word
    "the of on in at day den der dem am im il lo le la les du de del dell d den di do da van dne roku r el al año anno"
    " a.d. г год года р року nap έτους του utc gmt z est edt cst cdt mst mdt pst pdt cet cest bst msk kst jst"
    " spring summer autumn fall frühling frühjahr sommer herbst printemps été automne primavera verano otoño estate"
    " autunno весна лето осень"
)


def plain(word: str) -> str:
    """A word as names of months are looked up: small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("ı", "i")


MONTHS = {
    plain(form): number
    for language in re.split(r".+:\n", _MONTHS)
    for number, forms in enumerate(language.split(), start=1)
    for form in forms.split("|")
}
"""Number of a month by any form of its name, as `plain` writes it."""

BESIDE = frozenset(plain(word) for word in f"{_WEEKDAYS} {_FILLERS}".split())
"""Words that may stand in a date and say nothing that matters here."""
