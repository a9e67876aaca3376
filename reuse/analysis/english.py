"""What is known of English words to name changes: what is never a name, numbers, titles, irregular forms."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION = _words(
    """
    a an the this that these those all any both each either every few many more most much neither no none other another
    several some such same what which who whom whose whoever whatever i me my mine we us our ours you your yours he him
    his she her hers it its they them their theirs one ones oneself myself ourselves yourself himself herself itself
    themselves nobody nothing nowhere somebody someone something somewhere anybody anyone anything anywhere everybody
    everyone everything everywhere and or but nor for so yet if unless because although though while whereas whether
    since until till when whenever where wherever how why than as of in on at by with without within to from into onto
    upon over under above below between among amid about against across along after before behind beside besides beyond
    during except inside outside near off out up down through throughout toward towards via per like unlike despite
    be am is are was were been being have has had having do does did done will would shall should can could might
    must ought not
    """
)
"""Words that hold a sentence together."""

NO_NAMES = FUNCTION | _words(
    """
    may never ever also too very just only even still already again then there here thus hence therefore however
    nevertheless nonetheless moreover furthermore meanwhile otherwise indeed perhaps maybe instead let yes let's today
    yesterday
    tomorrow now often once soon later always sometimes
    """
)
"""Words that are never a name, wherever they stand."""

LINKING = _words("a an the of in on at by to from and or about some than more nearly almost over only since until th")
"""Words that say nothing of what a change is about, if there are others."""

AUXILIARY = _words("be am is are was were been being have has had having do does did done will shall")
"""Words that form tenses."""

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
_GREAT = "hundred thousand million billion trillion dozen hundreds thousands millions billions dozens half"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth hundredth thousandth millionth"
)
NUMBERS = _words(f"{_ONES} {_TENS} {_GREAT} {_ORDINALS}")
PERHAPS_NUMBERS = _words("score quarter fourths thirds fifths tenths couple pair double triple once twice thrice")
"""Words that are numbers beside one."""

MONTHS = _words(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
DAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
AMBIGUOUS_MONTHS = _words("may march august mar jun dec")
"""Words of other meaning besides; they are months where they are written so, or stand beside a number."""

TITLES = _words(
    """
    mr mrs ms miss madam sir dr prof professor president vice king queen prince princess lord lady comrade marshal
    general colonel captain major lieutenant sergeant admiral commodore commander brigadier governor senator secretary
    minister chairman chairwoman chairperson chief premier chancellor pope bishop archbishop cardinal saint st judge
    justice mayor representative congressman congresswoman ambassador count countess duke duchess earl baron baroness
    emperor empress tsar czar sultan shah rev reverend hon honorable honourable deputy doctor leader supreme respected
    great dear beloved speaker director marquis viscount sheikh imam rabbi dame monsieur madame herr frau señor don
    """
)
"""Words that stand before a name and say what its bearer is."""

_VERBS = """
    be am is are was were been being|have has had having|do does did done doing|go goes went gone going
    say says said saying|make makes made making|take takes took taken taking|come comes came coming
    see sees saw seen seeing|get gets got gotten getting|give gives gave given giving|find finds found finding
    think thinks thought thinking|tell tells told telling|become becomes became becoming|leave leaves left leaving
    feel feels felt feeling|bring brings brought bringing|begin begins began begun beginning|keep keeps kept keeping
    hold holds held holding|write writes wrote written writing|stand stands stood standing|hear hears heard hearing
    let lets letting|mean means meant meaning|meet meets met meeting|run runs ran running|pay pays paid paying
    sit sits sat sitting|speak speaks spoke spoken speaking|lie lies lay lain lying|lead leads led leading
    read reads reading|grow grows grew grown growing|lose loses lost losing|fall falls fell fallen falling
    send sends sent sending|build builds built building|understand understands understood understanding
    draw draws drew drawn drawing|break breaks broke broken breaking|spend spends spent spending
    rise rises rose risen rising|drive drives drove driven driving|buy buys bought buying|wear wears wore worn wearing
    choose chooses chose chosen choosing|seek seeks sought seeking|throw throws threw thrown throwing
    catch catches caught catching|deal deals dealt dealing|win wins won winning|forget forgets forgot forgotten
    fight fights fought fighting|teach teaches taught teaching|sell sells sold selling|swear swears swore sworn
    bear bears bore borne born bearing|strike strikes struck stricken striking|bind binds bound binding
    know knows knew known knowing|show shows showed shown showing|fly flies flew flown flying|eat eats ate eaten eating
    sing sings sang sung singing|ring rings rang rung ringing|sink sinks sank sunk sinking|swim swims swam swum
    drink drinks drank drunk drinking|spring springs sprang sprung springing|sleep sleeps slept sleeping
    sweep sweeps swept sweeping|weep weeps wept weeping|feed feeds fed feeding|lend lends lent lending
    bend bends bent bending|hide hides hid hidden hiding|ride rides rode ridden riding|shake shakes shook shaken
    steal steals stole stolen stealing|freeze freezes froze frozen freezing|wake wakes woke woken waking
    shine shines shone shining|shoot shoots shot shooting|bite bites bit bitten biting|blow blows blew blown blowing
    tear tears tore torn tearing|forbid forbids forbade forbidden forbidding|forgive forgives forgave forgiven
    overcome overcomes overcame overcoming|undertake undertakes undertook undertaken
    withdraw withdraws withdrew withdrawn
    arise arises arose arisen arising|awake awakes awoke awoken|flee flees fled fleeing|lay lays laid laying
    can could|shall should|will would|may might|knit knits knitted knitting
"""
_NOUNS = """
    man men|woman women|child children|foot feet|tooth teeth|mouse mice|goose geese|ox oxen|person people|life lives
    wife wives|knife knives|leaf leaves|half halves|self selves|wolf wolves|shelf shelves|thief thieves|loaf loaves
    crisis crises|basis bases|analysis analyses|thesis theses|phenomenon phenomena|criterion criteria|datum data
    countryman countrymen|workman workmen|fisherman fishermen|statesman statesmen|chairman chairmen
    good better best|bad worse worst|far farther farthest further furthest|little less least|many more most
    old elder eldest
"""
IRREGULAR: dict[str, set[int]] = {}
"""Numbers of the words that an irregular form is one of."""
for _number, _forms in enumerate(f"{_VERBS}|{_NOUNS}".replace("\n", "|").split("|")):
    for _form in _forms.split():
        IRREGULAR.setdefault(_form, set()).add(_number)

COMPARED = _words(
    """
    great strong high low large small long short young new rich poor hard soft deep wide close near late early fast
    slow big bright broad cheap clean clear cold cool dark dear dense firm free fresh full grand happy heavy holy hot
    just kind light loud mean mighty narrow noble plain proud quick quiet rare safe sharp sick simple smooth steep stern
    strict sure sweet swift tall thick thin tight tough true warm weak wealthy wild wise worthy
    """
)
"""Adjectives whose forms end in -er and -est; in other words -er makes a word of its own (worker)."""

NO_FORMS = frozenset({frozenset(pair.split()) for pair in ("new news", "even evening", "wing winged", "corps corp")})
"""Words that look like forms of one and are none."""

_CONFUSED = """
    statue statute|country county|casual causal|form from|trial trail|quite quiet|angel angle|diary dairy|united untied
    unite untie|silver sliver|marital martial|calvary cavalry|principal principle|principals principles
    complement compliment|stationary stationery|discreet discrete|continual continuous|desert dessert|loose lose
    planing planning|hoping hopping|staring starring|filed filled|latter later|diner dinner|super supper|bellow below
    coma comma|costal coastal|personal personnel|affect effect|accept except|adopt adapt|prescribe proscribe
    emigrant immigrant|emigrate immigrate|perpetrate perpetuate|prosecution persecution|moral morale|human humane
    council counsel|councillor counsellor|ingenious ingenuous|resent recent|sever severe
    polices policies
    contact contract|content contend|conversation conservation|revolution resolution|devolution revolution
    production protection|reform inform|construction instruction|destruction instruction|consumption assumption
    conversion conversation|population pollution|deduction reduction|induction introduction
    appraise apprise|attain obtain|illusion allusion|eminent imminent|elicit illicit|precede proceed
    respectfully respectively
"""
CONFUSED = frozenset(frozenset(pair.split()) for pair in _CONFUSED.replace("\n", "|").split("|") if pair.strip())
"""Pairs of words, either right by itself, that differ by as little as a slip does."""

_VARIANTS = """
    plough plow|cheque check|grey gray|tyre tire|kerb curb|jewellery jewelry|aluminium aluminum|moustache mustache
    sceptic skeptic|sceptical skeptical|pyjamas pajamas|draught draft|gaol jail|manoeuvre maneuver|manoeuvres maneuvers
    cosy cozy|judgement judgment|ageing aging|artefact artifact|connexion connection|storey story|mould mold|moult molt
    programme program|programmes programs|waggon wagon|shew show|shewn shown|despatch dispatch|enquiry inquiry
    enquire inquire|gipsy gypsy|ensure insure|practise practice|licence license|speciality specialty|sulphur sulfur
    furore furor|whilst while|amongst among|learnt learned|burnt burned|spelt spelled|towards toward|toward towards
    ploughs plows|ploughed plowed|grammes grams|gramme gram|axe ax|dyke dike|cypher cipher|syrup sirup|woollen woolen
    skilful skillful|wilful willful|fulfil fulfill|enrol enroll|instalment installment|tzar tsar|czar tsar
"""
VARIANTS = frozenset(frozenset(pair.split()) for pair in _VARIANTS.replace("\n", "|").split("|") if pair.strip())
"""Two spellings of one word that no rule tells."""
