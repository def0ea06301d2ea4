//! How a quote tells the rules it rests on.

use crate::{
    catalog::CrossRate,
    landed_cost::model::{Missing, QuoteLine, QuoteRule, RuleKind},
};
use sampan_engine::{
    landed_cost::{Applied, AppliedKind, Confidence, Unknown},
    money::Money,
    time::Day,
};

/// Days after which a bank's rate of exchange says little of what an office will count with.
const EXCHANGE_DAYS: i64 = 31;

impl From<Unknown> for Missing {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Territory => Missing::Territory,
            Unknown::Hs(_) => Missing::Hs,
            Unknown::Duty(_) => Missing::Duty,
            Unknown::Tax => Missing::Tax,
            Unknown::Exchange => Missing::Exchange,
        }
    }
}

/// The part of the bill a rule belongs to, and what it does.
fn part(kind: AppliedKind) -> (&'static str, RuleKind) {
    match kind {
        AppliedKind::Duty => ("duty", RuleKind::Duty),
        AppliedKind::Preference => ("duty", RuleKind::Preference),
        AppliedKind::PreferencePossible => ("duty", RuleKind::PreferencePossible),
        AppliedKind::Layer => ("duty", RuleKind::Layer),
        AppliedKind::FlatDuty => ("duty", RuleKind::FlatDuty),
        AppliedKind::DutyRelief => ("duty", RuleKind::DutyRelief),
        AppliedKind::NoBorder => ("duty", RuleKind::NoBorder),
        AppliedKind::Exchange => ("duty", RuleKind::Exchange),
        AppliedKind::Tax => ("tax", RuleKind::Tax),
        AppliedKind::TaxRelief => ("tax", RuleKind::TaxRelief),
        AppliedKind::TaxAtSale => ("tax", RuleKind::TaxAtSale),
        AppliedKind::ReverseCharge => ("tax", RuleKind::ReverseCharge),
        AppliedKind::Fee => ("fees", RuleKind::Fee),
    }
}

/// A rule of the engine, of one parcel.
pub fn applied(rule: &Applied, parcel: &str) -> QuoteRule {
    let (part, kind) = part(rule.kind);
    QuoteRule {
        part: part.to_owned(),
        kind,
        parcel: Some(parcel.to_owned()),
        name: rule.name.to_string(),
        rate: rule.rate.clone(),
        detail: rule.note.to_string(),
        amount: rule.amount,
        source: rule.source.to_string(),
        as_of: rule.as_of.to_string(),
        from: rule.from.map(|day| day.to_string()),
        to: rule.to.map(|day| day.to_string()),
        review_by: Some(rule.review_by.to_string()),
        confidence: rule.confidence,
    }
}

/// A rule that only says something, without row of its own.
fn said(part: &str, kind: RuleKind, name: String, day: Day) -> QuoteRule {
    QuoteRule {
        part: part.to_owned(),
        kind,
        parcel: None,
        name,
        rate: String::new(),
        detail: String::new(),
        amount: None,
        source: "Sampan".to_owned(),
        as_of: day.to_string(),
        from: None,
        to: None,
        review_by: None,
        confidence: Confidence::Firm,
    }
}

/// A bank's rate of exchange; an estimate of what an office will count with once it is old.
pub fn exchange(cross: CrossRate, day: Day) -> QuoteRule {
    let age = Day::parse(&cross.date).map(|of| of.days_until(day));
    let confidence = if age.is_some_and(|days| days <= EXCHANGE_DAYS) {
        Confidence::Firm
    } else {
        Confidence::Estimate
    };
    QuoteRule {
        rate: format!("{} {}", cross.pair, cross.decimal),
        source: cross.source,
        as_of: cross.date,
        confidence,
        ..said("goods", RuleKind::Exchange, cross.pair, day)
    }
}

/// What nobody knows, with the goods it is about.
pub fn unknown(missing: Unknown, lines: &[&QuoteLine], parcel: &str, day: Day) -> QuoteRule {
    let title = |position: usize| {
        lines
            .get(position)
            .map_or(String::new(), |line| line.title.clone())
    };
    let (part, name, detail) = match missing {
        Unknown::Hs(position) => (
            "duty",
            title(position),
            "Nobody has classified these goods; without their code no duty can be told.",
        ),
        Unknown::Duty(position) => (
            "duty",
            title(position),
            "The tariff at hand does not have these goods.",
        ),
        Unknown::Territory => (
            "duty",
            String::new(),
            "No rules are at hand for this country.",
        ),
        Unknown::Tax => (
            "tax",
            String::new(),
            "No tax rate is at hand for this country.",
        ),
        Unknown::Exchange => (
            "duty",
            String::new(),
            "No rate of exchange into the country's currency is at hand.",
        ),
    };
    QuoteRule {
        parcel: Some(parcel.to_owned()),
        detail: detail.to_owned(),
        confidence: Confidence::Unknown,
        ..said(part, RuleKind::Unknown, name, day)
    }
}

/// What the carrier takes for paying at the border.
pub fn advance_fee(carrier: &str, rate: String, amount: Money, freight: &QuoteRule) -> QuoteRule {
    QuoteRule {
        part: "fees".to_owned(),
        kind: RuleKind::AdvanceFee,
        name: carrier.to_owned(),
        rate,
        detail: String::new(),
        amount: Some(amount),
        ..freight.clone()
    }
}
