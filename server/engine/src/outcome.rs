//! What became of an op. Each op reaches exactly one terminal outcome, and its maker hears of it.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// The codes of sync.md; only `Working` is not terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Applied,
    Merged,
    Superseded,
    Moved,
    Rejected,
    NeedsYou,
    Working,
}

/// A code, its reason where it has one, and the fields a screen needs to explain it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub code: Code,
    pub why: Option<Cow<'static, str>>,
    /// Such as `line`, `asked`, `got`, `kept`, `actions`, `quote`.
    pub detail: Map<String, Value>,
}

impl Code {
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::Applied => "applied",
            Code::Merged => "merged",
            Code::Superseded => "superseded",
            Code::Moved => "moved",
            Code::Rejected => "rejected",
            Code::NeedsYou => "needs_you",
            Code::Working => "working",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        use Code::*;
        [
            Applied, Merged, Superseded, Moved, Rejected, NeedsYou, Working,
        ]
        .into_iter()
        .find(|code| code.as_str() == text)
    }
}

impl Outcome {
    fn of(code: Code) -> Self {
        Self {
            code,
            why: None,
            detail: Map::new(),
        }
    }
    pub fn applied() -> Self {
        Self::of(Code::Applied)
    }
    pub fn merged(why: &'static str) -> Self {
        Self::of(Code::Merged).why(why)
    }
    pub fn superseded() -> Self {
        Self::of(Code::Superseded)
    }
    pub fn moved() -> Self {
        Self::of(Code::Moved)
    }
    pub fn rejected(why: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Code::Rejected).why(why)
    }
    pub fn needs_you(why: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Code::NeedsYou).why(why)
    }
    pub fn working() -> Self {
        Self::of(Code::Working)
    }
    #[must_use]
    pub fn why(mut self, why: impl Into<Cow<'static, str>>) -> Self {
        self.why = Some(why.into());
        self
    }
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }
    /// What the screen may offer beside the explanation.
    #[must_use]
    pub fn actions(self, actions: &[&str]) -> Self {
        self.with("actions", actions.to_vec())
    }

    /// Applied is the rule and needs no telling; everything else is told until the phone has named it in `seen`.
    pub fn is_told(&self) -> bool {
        self.code != Code::Applied
    }

    /// Adds `code`, `why` and the details to an object on its way to the phone. What names the op there stays: a detail
    /// of the same name would have the phone answer for another.
    pub fn write_to(&self, object: &mut Map<String, Value>) {
        object.insert("code".to_owned(), self.code.as_str().into());
        if let Some(why) = &self.why {
            object.insert("why".to_owned(), why.as_ref().into());
        }
        for (name, value) in &self.detail {
            object.entry(name.as_str()).or_insert_with(|| value.clone());
        }
    }

    /// The part beside the code, as stored with the op.
    pub fn stored_detail(&self) -> String {
        let mut detail = self.detail.clone();
        if let Some(why) = &self.why {
            detail.insert("why".to_owned(), why.as_ref().into());
        }
        Value::Object(detail).to_string()
    }

    /// Reads back what `stored_detail` wrote; an unreadable row is an internal fault of ours.
    pub fn from_stored(code: &str, detail: &str) -> Option<Self> {
        let mut detail: Map<String, Value> = serde_json::from_str(detail).ok()?;
        let why = match detail.remove("why") {
            Some(Value::String(why)) => Some(Cow::Owned(why)),
            _ => None,
        };
        Some(Self {
            code: Code::parse(code)?,
            why,
            detail,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_stored_and_read_back_whole() {
        let outcome = Outcome::merged("unseen_add_kept")
            .with("kept", 2)
            .actions(&["keep", "remove"]);
        assert_eq!(
            Outcome::from_stored(outcome.code.as_str(), &outcome.stored_detail()),
            Some(outcome)
        );
    }
}
