//! One question at a time, and then the newest: who types asks with every key, and an index that has not answered yet is
//! asked next what was typed last. What lies between is never asked, so that no row of questions builds up.

/// The questions of one box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest<Q> {
    is_asking: bool,
    next: Option<Q>,
}

impl<Q> Default for Newest<Q> {
    fn default() -> Self {
        Self { is_asking: false, next: None }
    }
}

impl<Q> Newest<Q> {
    /// Takes a question; answers what is to be asked now, nothing while an answer is still to come.
    pub fn ask(&mut self, question: Q) -> Option<Q> {
        self.next = Some(question);
        if self.is_asking { None } else { self.answered() }
    }

    /// Says that the answer has come; answers what is to be asked next.
    pub fn answered(&mut self) -> Option<Q> {
        let next = self.next.take();
        self.is_asking = next.is_some();
        next
    }

    /// Forgets what waits to be asked.
    pub fn forget(&mut self) {
        self.next = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Newest;

    /// Types the words letter by letter while every answer takes as long as so many keys; answers what was asked.
    fn typed(words: &'static str, keys_an_answer: usize) -> Vec<&'static str> {
        let (mut newest, mut asked, mut left) = (Newest::default(), Vec::new(), 0);
        for end in 1..=words.len() {
            if 0 < left {
                left -= 1;
                if left == 0
                    && let Some(next) = newest.answered()
                {
                    asked.push(next);
                    left = keys_an_answer;
                }
            }
            if let Some(now) = newest.ask(&words[..end]) {
                asked.push(now);
                left = keys_an_answer;
            }
        }
        while let Some(next) = newest.answered() {
            asked.push(next);
        }
        asked
    }

    #[test]
    fn the_first_key_asks_at_once_and_the_last_is_always_asked() {
        assert_eq!(typed("tram", 1), ["t", "tr", "tra", "tram"]);
        assert_eq!(typed("harbour", 3), ["h", "har", "harbou", "harbour"]);
        assert_eq!(typed("harbour", 99), ["h", "harbour"]);
        for keys in 1..9 {
            let asked = typed("old harbour", keys);
            assert_eq!((asked.first(), asked.last()), (Some(&"o"), Some(&"old harbour")), "{keys}");
        }
    }

    #[test]
    fn what_is_forgotten_is_not_asked_and_the_next_one_is() {
        let mut newest = Newest::default();
        assert_eq!(newest.ask("t"), Some("t"));
        assert_eq!(newest.ask("tr"), None);
        newest.forget();
        assert_eq!(newest.answered(), None);
        assert_eq!(newest.ask("h"), Some("h"));
    }
}
