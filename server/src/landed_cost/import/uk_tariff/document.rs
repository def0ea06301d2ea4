//! A JSON:API document, with the line on which each of its resources begins.

use crate::landed_cost::import::lines::Lines;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use std::collections::HashMap;

/// One thing that the document tells of: its own attributes and what it refers to.
#[derive(Debug)]
pub struct Resource {
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
    /// From 1.
    pub line: u64,
    value: Value,
}

/// The thing asked for, and all that it refers to.
#[derive(Debug)]
pub struct Document {
    pub data: Resource,
    pub included: Vec<Resource>,
    /// The address that the document gives as its own; empty when it gives none.
    pub address: String,
    by_name: HashMap<(String, String), usize>,
}

/// Why a text is no such document.
#[derive(Debug, PartialEq, Eq)]
pub struct NoDocument {
    pub line: u64,
    pub why: String,
}

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(borrow, default)]
    included: Vec<&'a RawValue>,
    #[serde(default)]
    links: Value,
}

impl Document {
    pub fn read(text: &str) -> Result<Self, NoDocument> {
        let unreadable = |error: serde_json::Error| NoDocument {
            line: error.line() as u64,
            why: error.to_string(),
        };
        let raw: Raw<'_> = serde_json::from_str(text).map_err(unreadable)?;
        let lines = Lines::of(text);
        let resource = |pointer: String, part: &RawValue| Resource {
            pointer,
            line: lines.at(part.get()),
            value: serde_json::from_str(part.get()).unwrap_or_default(),
        };
        let included: Vec<Resource> = raw
            .included
            .iter()
            .enumerate()
            .map(|(position, part)| resource(format!("/included/{position}"), part))
            .collect();
        let named = included.iter().enumerate();
        let by_name = named
            .map(|(position, found)| {
                let name = (found.kind().to_owned(), found.id().to_owned());
                (name, position)
            })
            .collect();
        Ok(Self {
            data: resource("/data".to_owned(), raw.data),
            included,
            address: word(&raw.links["self"]).to_owned(),
            by_name,
        })
    }

    /// What a reference names, if the document tells of it.
    pub fn find(&self, (kind, id): (&str, &str)) -> Option<&Resource> {
        let name = (kind.to_owned(), id.to_owned());
        self.by_name
            .get(&name)
            .map(|position| &self.included[*position])
    }

    /// The one thing of this name that a resource refers to.
    pub fn one(&self, resource: &Resource, name: &str) -> Option<&Resource> {
        self.find(*resource.related(name).first()?)
    }
}

impl Resource {
    pub fn kind(&self) -> &str {
        word(&self.value["type"])
    }

    pub fn id(&self) -> &str {
        word(&self.value["id"])
    }

    /// An attribute that is text; empty when it is missing, null or something else.
    pub fn text(&self, attribute: &str) -> &str {
        word(&self.value["attributes"][attribute])
    }

    /// Which of the two services the resource says that it is from.
    pub fn service(&self) -> &str {
        word(&self.value["meta"]["duty_calculator"]["source"])
    }

    /// Type and id of all that it refers to by this name, whether one or many.
    pub fn related(&self, name: &str) -> Vec<(&str, &str)> {
        match &self.value["relationships"][name]["data"] {
            Value::Array(many) => many.iter().filter_map(reference).collect(),
            one => reference(one).into_iter().collect(),
        }
    }
}

fn reference(value: &Value) -> Option<(&str, &str)> {
    Some((value["type"].as_str()?, value["id"].as_str()?))
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
