//! A commodity of the UK Trade Tariff: `/uk/api/v2/commodities/{code}`, and `/xi/…`, the service for Northern Ireland,
//! which tells the tariff of the European Union. JSON:API, Open Government Licence v3.0.
//!
//! Taken over are the third country duty, tariff preferences and, for Great Britain, the VAT. What hangs on conditions,
//! codes, quotas or an authorisation is left out and counted, and so are duties against dumping: a row that stands
//! beside one says so and is an estimate.

mod document;
mod duty;
mod measures;

use crate::landed_cost::import::{Read, goods_code, report::Report};
use document::Document;
use measures::{Commodity, NotTaken, Service};
use sampan_engine::time::Day;

pub fn read(file_name: &str, text: &str, today: Day) -> Read {
    let mut report = Report::new(file_name, today);
    match commodity(text, today) {
        Ok(commodity) => take(&commodity, &mut report),
        Err((line, pointer, detail)) => report.mistake(line, &pointer, detail),
    }
    report.read
}

/// A line, a JSON pointer and what to change.
type Mistake = (u64, String, String);

fn take(commodity: &Commodity, report: &mut Report) {
    for reference in commodity.document.data.related("import_measures") {
        let Some(measure) = commodity.document.find(reference) else {
            let detail = format!(
                "Measure {} is not among the included. Keep the service's answer whole.",
                reference.1
            );
            let line = commodity.document.data.line;
            report.mistake(line, "/data/relationships/import_measures", detail);
            continue;
        };
        match commodity.rows(measure, report) {
            Ok(()) => {}
            Err(NotTaken::Skipped(why)) => report.skip(&why),
            Err(NotTaken::Mistake {
                at,
                pointer,
                detail,
            }) => report.mistake(at, &pointer, detail),
        }
    }
}

fn commodity(text: &str, today: Day) -> Result<Commodity, Mistake> {
    let document = Document::read(text).map_err(|no_document| {
        let detail = format!(
            "This is no JSON:API document ({}). Keep the answer of /uk/api/v2/commodities/ or /xi/api/v2/commodities/ as it \
             is.",
            no_document.why
        );
        (no_document.line, String::new(), detail)
    })?;
    let wrong = |pointer: &str, detail: String| (document.data.line, pointer.to_owned(), detail);
    if document.data.kind() != "commodity" {
        let detail = format!(
            "{:?} is not commodity. Ask the service for /commodities/ and ten digits, such as 6109100010.",
            document.data.kind()
        );
        return Err(wrong("/data/type", detail));
    }
    let code = document.data.text("goods_nomenclature_item_id").to_owned();
    if code.len() != 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        let detail = format!("{code:?} is not a commodity code of ten digits, such as 6109100010.");
        return Err(wrong("/data/attributes/goods_nomenclature_item_id", detail));
    }
    let Some(service) = service(&document) else {
        let detail = "Neither meta nor links says whether this is the service for Great Britain (uk) or for Northern Ireland \
                      (xi). Keep the service's answer whole."
            .to_owned();
        return Err(wrong("/data/meta/duty_calculator/source", detail));
    };
    let source = format!(
        "UK Trade Tariff, commodity {code}{}, {today}",
        match service {
            Service::GreatBritain => "",
            Service::NorthernIreland => " for Northern Ireland",
        }
    );
    Ok(Commodity {
        service,
        hs: goods_code(&code).to_owned(),
        source,
        document,
    })
}

/// Whose tariff it is: the commodity says so, else one of its measures, else its address.
fn service(document: &Document) -> Option<Service> {
    let measures = document.included.iter();
    let told = std::iter::once(&document.data)
        .chain(measures)
        .map(|resource| resource.service())
        .find(|service| !service.is_empty());
    match told {
        Some("uk") => Some(Service::GreatBritain),
        Some("xi") => Some(Service::NorthernIreland),
        Some(_) => None,
        None if document.address.starts_with("/xi/") || document.address.contains("/xi/api/") => {
            Some(Service::NorthernIreland)
        }
        None if document.address.starts_with("/uk/") || document.address.contains("/uk/api/") => {
            Some(Service::GreatBritain)
        }
        None => None,
    }
}
