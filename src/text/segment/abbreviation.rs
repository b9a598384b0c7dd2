//! Full stops that do not end a sentence: abbreviations, initials and ordinals of English, German, French, Spanish, Dutch.
//! One list serves all five, because articles quote each other's languages; where two languages disagree, an entry holds
//! only before a digit. An abbreviation that may end a sentence ends it only before a word that commonly begins one.

/// Always followed by more of the sentence.
const NEVER_LAST: &[&str] = &[
    // English
    "Mr Mrs Ms Mx Dr Drs Prof Gen Col Maj Capt Cpt Cmdr Lt Sgt Cpl Pvt Adm Brig Sen Sens Rep Reps Gov \
     Govs Pres Hon Rev Fr Msgr Supt Insp Det Amb Sec Atty Messrs Mt Ft vs viz cf approx",
    // German
    "Hr Hrn Fam Dipl Ing Mag bzw inkl exkl evtl ggf vgl sog bzgl bspw insb insbes allg gem lt mind zzgl \
     geb gest verh ehem stv stellv Abg Min Reg RA Mme Mmes Mlle Mlles MM Mgr Me Vve env éd Sra Sras Srta \
     Sres Dra Dres Ud Uds Vd Vds Dña Excmo Excma Lic Gral Cnel Tte Arq dhr mevr mw mr drs dr ir prof bijv \
     bv resp incl excl ca evt jl zgn o.l.v Dhr Mevr Mw Drs Ir",
];

/// Followed by more of the sentence when a number comes next.
const BEFORE_NUMBER: &[&str] =
    &["No Nos no nos Nr nr núm Núm n p pp pág págs S blz Art art Abs Fig fig Abb Vol vol Bd Ch ch Kap cap \
     Sec sec Tel tel tél Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec janv févr juil déc Jän Mrz Okt \
     Dez ene abr ago dic Mon Tue Tues Wed Thu Thurs Fri Sat Sun c ca circa max min Max Rs US Ziff Rn"];

/// May be the last word of a sentence or not; a capital letter after them says little.
const MAY_BE_LAST: &[&str] =
    &["St Ste Sr Jr Inc Corp Co Ltd Bros Dept Dist Est Assn Ave Blvd Rd Mass Calif Conn Fla Ariz Colo Ill \
     Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Jan Feb \
     Aug Sept Oct Nov Dec Univ Mio Mrd Bio Chr Str Nr Tel jun sen Cie EE UU Ph al Eds eds Ed ed"];

/// Joined by inner full stops and never last, in lower case.
const DOTTED_NEVER_LAST: &[&str] = &[
    "e.g i.e z.b d.h u.a o.a o.ä u.ä u.u i.d.r v.a s.o s.u z.t i.e.s p.ex p.ej c.-à-d d.w.z m.a.w m.n b.v \
     i.v.m t.a.v a.k.a i.a o.g m.e",
];

/// Words that commonly begin a sentence and seldom follow an abbreviation inside one.
const STARTERS: &[&str] = &[
    // English
    "A After All Although An And Another Any As At Because Before Both But By Despite During Each Even \
     Every For From He Her Here His How However I If In Instead It Its Last Many Meanwhile More Most My \
     Neither No Nobody Nor Not Nothing Now On One Only Or Our Since She So Some Still Such That The Their \
     Then There These They This Those Though Thus To Under Until We What When Where Whether Which While \
     Who Why With Without Yet You Your We're I'm It's",
    // German
    "Aber Alle Als Am Auch Auf Aus Bei Beide Bis Da Dabei Dafür Damit Danach Dann Das Dass Dem Den Denn \
     Der Deshalb Die Dies Diese Dieser Dieses Doch Dort Ein Eine Einen Einer Er Es Für Ich Ihr Ihre Im \
     Ist Jetzt Man Mit Nach Nun Ob Obwohl Ohne Seit Sein Seine Sie So Trotz Und Viele Vom Von Vor Während \
     Was Weil Wenn Wer Wie Wir Wo Zu Zudem Zum Zur Zwar",
    // French
    "Alors Après Avec Ce Cela Ces Cet Cette Ceux Chaque Comme Dans De Depuis Des Du Elle Elles En Et Il \
     Ils Je La Le Les Leur Lors Mais Nous On Or Où Par Pour Quand Que Qui Sa Sans Selon Si Son Sous Sur \
     Tous Tout Un Une Vous",
    // Spanish
    "Además Ahora Aunque Con Cuando Desde Después El Él Ella Ellos Entre Esta Este Esto Fue Hasta Los Las \
     Ni No Para Pero Por Porque Según Sin Sobre Su Sus También Tras Una Uno Y Yo",
    // Dutch
    "Aan Bij Daar Daarom Dan Dat De Deze Dit Door Echter Een Er Haar Het Hij Hoewel Hun Ik Maar Met Na \
     Nadat Nog Nu Om Omdat Ook Op Over Sinds Te Toch Toen Tot Uit Van Volgens Voor Waar Wat Wij Ze Zij \
     Zijn",
];

/// German words before an ordinal number: "am 3. Mai", "der 2. Senat".
const BEFORE_ORDINAL: &[&str] = &[
    "am der die das den dem des im vom zum zur beim seit ab und ein eine einen einem einer eines ihr ihre \
     ihren ihrem sein seine seinen seinem seiner jeder jede jedes jeden jedem Am Der Die Das Im Vom Zum \
     Beim Seit Ab",
];

/// German words after an ordinal number, besides the months.
const AFTER_ORDINAL: &[&str] =
    &["Jahrhundert Jahrhunderts Jh Weltkrieg Weltkriegs Weltkrieges Bundesliga Liga Klasse Platz Runde \
     Minute Stock Etage Geburtstag Jahrestag Mal Halbzeit Spieltag Bezirk Senat Strafsenat Kammer \
     Legislaturperiode Sitzung Kapitel Armee Division Auflage"];

const MONTHS: &[&str] =
    &["Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember Jan \
     Feb Apr Aug Sept Okt Nov Dez"];

/// Verbs that give a quotation to the name before them.
const REPORTING_VERBS: &[&str] =
    &["said says asked asks wrote writes added adds told shouted yelled cried replied tweeted posted \
     exclaimed demanded wondered quipped joked responded continued sagte sagt fragte fragt rief schrieb \
     twitterte meinte dit demande demandait écrit lance dijo preguntó escribió zei vroeg schreef riep"];

/// Whether the full stop after `before` belongs to an abbreviation, an initial or an ordinal that `following` continues.
pub(super) fn ends_in_abbreviation(before: &str, following: &str) -> bool {
    let token = last_token(before);
    let word = first_word(following);
    let may_continue = !is_listed(STARTERS, word);
    let number_follows = following.starts_with(|c: char| c.is_ascii_digit());
    let earlier = before.strip_suffix(token).unwrap_or_default().trim_end();
    let mut letters = token.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        (Some(first), _) if first.is_ascii_digit() => {
            token.len() <= 2
                && token.bytes().all(|byte| byte.is_ascii_digit())
                && is_ordinal(earlier, word, number_follows)
        }
        (Some(letter), None) if letter.is_alphabetic() => is_initial(letter, earlier, may_continue),
        _ if token.contains('.') => {
            let dotted = token.split('.').all(|piece| piece.chars().count() <= 3);
            dotted && (may_continue || is_listed(DOTTED_NEVER_LAST, &token.to_lowercase()))
        }
        _ => {
            is_listed(NEVER_LAST, token)
                || number_follows && is_listed(BEFORE_NUMBER, token)
                || may_continue && is_listed(MAY_BE_LAST, token)
        }
    }
}

/// Whether a quotation is followed by a name and a verb that gives the quotation to it, as in "Bo Lee asked".
pub(super) fn is_attribution(following: &str) -> bool {
    for (names, word) in following.split_whitespace().take(6).enumerate() {
        let bare = word.trim_end_matches(['.', ',', ';', ':']);
        if 0 < names && is_listed(REPORTING_VERBS, bare) {
            return true;
        }
        let is_name = word.starts_with(char::is_uppercase) && !(names == 0 && is_listed(STARTERS, bare));
        if !is_name && !matches!(word, "of" | "the" | "de" | "von" | "van" | "der") {
            return false;
        }
    }
    false
}

/// Whether `word` is a German month, before which a number with a full stop is a day.
pub(in crate::text) fn is_month(word: &str) -> bool {
    is_listed(MONTHS, word)
}

/// A number of one or two digits: a list number, a day, or an ordinal.
fn is_ordinal(earlier: &str, word: &str, number_follows: bool) -> bool {
    earlier.is_empty()
        || number_follows
        || is_month(word)
        || is_listed(AFTER_ORDINAL, word)
        || is_listed(BEFORE_ORDINAL, last_token(earlier)) && !is_listed(STARTERS, word)
}

/// A single letter: half of "z. B.", or the initial of a name.
fn is_initial(letter: char, earlier: &str, may_continue: bool) -> bool {
    let follows_lower_case = earlier.strip_suffix('.').is_some_and(|earlier| {
        let previous = last_token(earlier);
        previous.chars().count() == 1 && previous.starts_with(char::is_lowercase)
    });
    letter.is_lowercase() || follows_lower_case || may_continue && letter != 'I'
}

/// Whether one of the words in `lists` is `word`; each string holds words between spaces, so that a language is one string.
fn is_listed(lists: &[&str], word: &str) -> bool {
    !word.is_empty() && lists.iter().any(|list| list.split(' ').any(|listed| listed == word))
}

/// The word that `before` ends with, inner full stops and hyphens included; looks back at most 24 characters.
fn last_token(before: &str) -> &str {
    let length = before
        .chars()
        .rev()
        .take(24)
        .take_while(|&c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’'))
        .map(char::len_utf8)
        .sum::<usize>();
    let token = before.get(before.len() - length..).unwrap_or_default();
    token.trim_start_matches(['-', '\'', '’', '.'])
}

/// The word that `following` begins with; looks at most 24 characters ahead.
fn first_word(following: &str) -> &str {
    let length = following
        .chars()
        .take(24)
        .take_while(|&c| c.is_alphanumeric() || c == '\'')
        .map(char::len_utf8)
        .sum();
    following.get(..length).unwrap_or_default()
}
