//! Values under another kind of attribute: what they become where the codebook has changed under them.

use super::AttributeKind;
use crate::model::Value;

impl AttributeKind {
    /// What a value of another kind becomes under this one; `None` where it can mean nothing here. A value of this kind
    /// stays as it is, of several choices those stay that are there.
    pub fn fit(&self, value: &Value) -> Option<Value> {
        let words: Vec<String> = match value {
            Value::Text(text) => vec![text.clone()],
            Value::Several(keys) => keys.clone(),
            Value::Flag(flag) => vec![if *flag { "yes" } else { "no" }.to_owned()],
            Value::Number(number) => vec![number.to_string()],
        };
        let choice = |word: &String| {
            let choices = self.choices().iter();
            let known = choices.clone().find(|choice| *choice.key == **word);
            known
                .or_else(|| choices.clone().find(|choice| choice.name == *word))
                .map(|choice| choice.key.to_string())
        };
        match (self, &words[..]) {
            (Self::Several(_), _) => {
                let mut kept: Vec<String> = Vec::new();
                for key in words.iter().filter_map(choice) {
                    if !kept.contains(&key) {
                        kept.push(key);
                    }
                }
                (!kept.is_empty()).then_some(Value::Several(kept))
            }
            (Self::Text, []) => None,
            (Self::Text, _) => Some(Value::Text(words.join("; "))),
            (Self::Choice(_), [word]) => choice(word).map(Value::Text),
            (Self::Flag, [word]) => match word.as_str() {
                "yes" | "true" => Some(Value::Flag(true)),
                "no" | "false" => Some(Value::Flag(false)),
                _ => None,
            },
            (Self::Number, [word]) => {
                word.trim().parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
            }
            (Self::Choice(_) | Self::Flag | Self::Number, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, Key};

    fn choices() -> Vec<Choice> {
        vec![Choice::new(Key::from("a"), "Alpha"), Choice::new(Key::from("b"), "Beta")]
    }

    #[test]
    fn a_value_becomes_what_it_can_mean_under_another_kind() {
        let text = |text: &str| Value::Text(text.to_owned());
        let several = |all: &[&str]| Value::Several(all.iter().map(|&one| one.to_owned()).collect());
        let (choice, many) = (AttributeKind::Choice(choices()), AttributeKind::Several(choices()));
        for (kind, value, fitted) in [
            (&choice, text("a"), Some(text("a"))),
            (&choice, text("Beta"), Some(text("b"))),
            (&choice, text("c"), None),
            (&choice, several(&["a"]), Some(text("a"))),
            (&choice, several(&["a", "b"]), None),
            (&many, text("b"), Some(several(&["b"]))),
            (&many, several(&["a", "c", "a"]), Some(several(&["a"]))),
            (&many, several(&["c"]), None),
            (&AttributeKind::Flag, text("yes"), Some(Value::Flag(true))),
            (&AttributeKind::Flag, Value::Number(1.0), None),
            (&AttributeKind::Number, text(" 1.5 "), Some(Value::Number(1.5))),
            (&AttributeKind::Number, text("inf"), None),
            (&AttributeKind::Text, several(&["a", "b"]), Some(text("a; b"))),
            (&AttributeKind::Text, Value::Flag(false), Some(text("no"))),
        ] {
            assert_eq!(kind.fit(&value), fitted, "{kind:?} {value:?}");
        }
    }
}
