//! Titles and offices before a name, in the languages of the news: "Special Envoy Witkoff" is Witkoff, "Außenminister
//! Lawrow" is Lawrow. The lists are a core; a title they lack is a part of the name like any other word.

/// The words of a name without the titles before it; all of them where nothing else would be left. Words are folded.
pub(super) fn without_titles(words: &[String]) -> &[String] {
    let mut from = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if !is_title(word) {
            if !is_of_title(word) {
                break;
            }
            at += 1;
            continue;
        }
        at += 1;
        // "Secretary of State Rubio", "Mayor of London Khan": what follows belongs to the office, and where nothing else
        // does, no name is told.
        if words.get(at).is_some_and(|word| OF.contains(&word.as_str())) {
            let has_article = words.get(at + 1).is_some_and(|word| word == "the");
            at += if has_article { 3 } else { 2 };
            if words.len() <= at {
                return words;
            }
        }
        from = at;
    }
    match words.get(from..) {
        Some(rest) if !rest.is_empty() => rest,
        _ => words,
    }
}

/// Whether all words are titles or belong to one.
pub(super) fn are_titles(words: &[String]) -> bool {
    words.iter().any(|word| is_title(word)) && words.iter().all(|word| is_title(word) || is_of_title(word))
}

/// Whether a word is a title of its own.
fn is_title(word: &str) -> bool {
    // A German or Dutch office is one word: "Verteidigungsminister", "Bundeskanzlerin".
    let ends = |ending: &str| ending.len() + 3 < word.len() && word.ends_with(ending);
    within(TITLES, word) || COMPOUNDED.split(' ').any(ends)
}

/// Whether a word stands before titles only: "deputy", "finance", "former".
fn is_of_title(word: &str) -> bool {
    within(BEFORE, word)
}

fn within(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

const OF: [&str; 2] = ["of", "for"];

// Folded words: lower case, without accents and points.
const TITLES: &str = "mr mrs ms miss mx sir madam dame lord lady dr doctor prof professor president premier minister \
    chancellor senator sen rep representative congressman congresswoman governor gov mayor secretary envoy ambassador \
    general gen admiral colonel col lieutenant lt captain capt major maj sergeant sgt judge justice king queen prince \
    princess duke duchess pope cardinal bishop archbishop patriarch father imam ayatollah sheikh sultan emir rabbi \
    chairman chairwoman chairperson chair director spokesman spokeswoman spokesperson commissioner attorney speaker \
    leader adviser advisor negotiator delegate councillor councilman councilwoman treasurer \
    herr frau kanzler kanzlerin prasident prasidentin ministerin senatorin generalin richter richterin konig konigin \
    prinz prinzessin papst kardinal bischof erzbischof professorin burgermeister burgermeisterin abgeordneter \
    abgeordnete sonderbeauftragter sonderbeauftragte sondergesandter sondergesandte botschafter botschafterin \
    sprecher sprecherin vorsitzender vorsitzende chef chefin landrat landratin staatssekretar staatssekretarin \
    m mme mlle monsieur madame presidente ministre chancelier chanceliere senateur senatrice depute deputee maire roi \
    reine pape maitre ambassadeur ambassadrice porte-parole \
    senor senora sr sra don dona ministro ministra canciller senadora diputado diputada alcalde alcaldesa rey reina \
    papa gobernador gobernadora vicepresidente \
    signor signore signora onorevole sindaco senatore cancelliere \
    meneer mevrouw dhr mevr burgemeester koning koningin kamerlid \
    senhor senhora primeiro-ministro deputado deputada governador \
    pan pani prezydent marszalek \
    sayin cumhurbaskani bakan basbakan \
    президент министр премьер-министр премьер господин госпожа генерал депутат губернатор посол";

const BEFORE: &str = "us uk eu un british american french german russian former ex then acting interim deputy vice \
    prime first special chief senior foreign finance defence defense interior home health economic trade security \
    national state press federal presidential \
    ehemaliger ehemalige fruherer fruhere stellvertretender stellvertretende amtierender amtierende \
    ancien ancienne premiere \
    ex-president ex-prasident primer primera primo prima exministro vice-president viceminister";

const COMPOUNDED: &str = "minister ministerin prasident prasidentin kanzler kanzlerin burgermeister burgermeisterin \
    sekretar sekretarin sprecher sprecherin chef chefin vorsitzender vorsitzende abgeordneter abgeordnete";

#[cfg(test)]
mod tests {
    use super::{are_titles, without_titles};

    fn check(name: &str, expected: &str) {
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        assert_eq!(without_titles(&words).join(" "), expected, "{name}");
    }

    #[test]
    fn titles_fall_away_before_a_name() {
        check("special envoy witkoff", "witkoff");
        check("us special envoy steve witkoff", "steve witkoff");
        check("secretary of state rubio", "rubio");
        check("secretary of the treasury bessent", "bessent");
        check("mayor of london khan", "khan");
        check("aussenminister lawrow", "lawrow");
        check("ex prasident trump", "trump");
        check("frau dr angela merkel", "angela merkel");
        check("president de gaulle", "de gaulle");
        check("mme von der leyen", "von der leyen");
        check("президент путин", "путин");
    }

    #[test]
    fn what_is_a_name_stays() {
        check("foreign ministry", "foreign ministry");
        check("president", "president");
        check("king of spain", "king of spain");
        check("steve king", "steve king");
        check("us", "us");
        check("minister", "minister");
    }

    #[test]
    fn an_office_alone_is_known() {
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(are_titles(&words("special envoy")) && are_titles(&words("foreign minister")));
        assert!(!are_titles(&words("foreign")) && !are_titles(&words("steve")));
    }
}
