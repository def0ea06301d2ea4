//! Files with a mistake: its place, and what to change.

use super::*;

#[test]
fn one_bad_row_is_one_mistake_with_its_place_and_the_others_are_read() {
    let bad = outcome("uk.json", golden!("uk-commodity-6109100010.bad.json"));
    assert_eq!(bad.rows, without(UK_ROWS, "duty_rates", 105));
    let detail = "\"12,00 %\" is not a duty such as 12.00 % or 6.50 % + 35.10 EUR / 100 kg. Ask the service for the \
                  commodity again, or correct the text.";
    let expected = mistake("uk.json", 164, "/included/1/attributes/base", detail);
    assert_eq!(bad.mistakes, [expected]);

    let bad = outcome("xi.json", golden!("xi-commodity-9102110000.bad.json"));
    assert_eq!(bad.rows, without(XI_ROWS, "duty_rates", 89));
    let detail = "\"4.50 % MIN 0.30 XTS / p/st MAX 0.80 EUR / p/st\" counts in \"XTS\"; the tariff counts in GBP or EUR. \
                  Ask the service for the commodity again, or correct the text.";
    let expected = mistake("xi.json", 157, "/included/1/attributes/base", detail);
    assert_eq!(bad.mistakes, [expected]);

    let bad = outcome("hts.csv", golden!("usitc.bad.csv"));
    assert_eq!(bad.rows, without(SCHEDULE_ROWS, "duty_rates", 13));
    let detail = "\"16,5%\" is not a rate such as Free, 16.5% or 6.8¢/kg + 10%. Correct it, or take the line out.";
    let expected = mistake("hts.csv", 13, "General Rate of Duty", detail);
    assert_eq!(bad.mistakes, [expected]);

    let bad = outcome("hts.json", golden!("usitc.bad.json"));
    let rest = without(&without(CHAPTER_ROWS, "duty_rates", 16), "preferences", 16);
    assert_eq!(bad.rows, rest);
    let detail = "\"6109.1\" is not a code of 4, 6, 8 or 10 digits, such as 6109.10.00.";
    assert_eq!(bad.mistakes, [mistake("hts.json", 16, "/1/htsno", detail)]);

    let bad = outcome("of our office.csv", golden!("own-duty-rates.bad.csv"));
    let detail = "\"4.5 percent\" is not a rate such as 12%, free or 6.5 EUR/100kg.";
    assert_eq!(bad.mistakes, [mistake("duty_rates", 4, "rate", detail)]);
}

#[test]
fn rows_that_hold_on_the_same_days_are_a_mistake_of_the_second() {
    let overlap =
        "Another row with the same key holds on some of these days. Close it the day before.";
    // The duty for the Channel Islands becomes one for all countries.
    let twice = UK.1.replacen("\"id\": \"1080\"", "\"id\": \"1011\"", 1);
    let told = outcome(UK.0, &twice);
    assert_eq!(
        told.mistakes,
        [mistake("duty_rates", 173, "effective_from", overlap)]
    );

    let touching = OWN.1.replacen("2026-12-31", "2027-01-01", 1);
    let told = outcome(OWN.0, &touching);
    assert_eq!(
        told.mistakes,
        [mistake("duty_rates", 3, "effective_from", overlap)]
    );
}

#[test]
fn a_code_of_five_or_eleven_digits_is_refused_everywhere() {
    for code in ["61091", "61091000101"] {
        let told = outcome(UK.0, &UK.1.replace("6109100010", code));
        assert_eq!(told.rows.lines().count(), 1);
        let detail = format!("{code:?} is not a commodity code of ten digits, such as 6109100010.");
        let column = "/data/attributes/goods_nomenclature_item_id";
        assert_eq!(told.mistakes, [mistake(UK.0, 2, column, &detail)]);

        let told = outcome(SCHEDULE.0, &SCHEDULE.1.replace("0402.91.10.00", code));
        let detail = format!("{code:?} is not a code of 4, 6, 8 or 10 digits, such as 6109.10.00.");
        assert_eq!(
            told.mistakes,
            [mistake(SCHEDULE.0, 7, "HTS Number", &detail)]
        );

        let told = outcome(OWN.0, &OWN.1.replacen("610910", code, 1));
        let detail = format!("{code:?} is not a goods code of 2, 4 or 6 to 10 digits.");
        assert_eq!(told.mistakes, [mistake("duty_rates", 2, "hs", &detail)]);
    }
}

#[test]
fn a_document_that_is_no_commodity_says_what_to_ask_the_service_for() {
    let told = |text: &str| {
        let mut mistakes = outcome("answer.json", text).mistakes;
        assert_eq!(mistakes.len(), 1, "{text}");
        mistakes.remove(0)
    };
    let not_found = told("{\n\"error\": \"not found\"\n}");
    assert!(
        not_found.detail.starts_with("This is no JSON:API document"),
        "{not_found:?}"
    );
    let cut_off = told("{\n\"data\": {\n");
    assert_eq!(cut_off.line, 3);
    let heading = told(&UK.1.replacen("\"commodity\"", "\"heading\"", 1));
    assert_eq!((heading.line, heading.column.as_str()), (2, "/data/type"));
    let nobody = told(&UK.1.replace("\"source\": \"uk\"", "\"source\": null"));
    assert_eq!(nobody.column, "/data/meta/duty_calculator/source");
    let cut = told(&UK.1.replacen("\"20000109\"", "\"20000199\"", 1));
    assert!(
        cut.detail
            .starts_with("Measure 20000199 is not among the included."),
        "{cut:?}"
    );
    let no_day = told(&UK.1.replacen("\"2021-01-01T", "\"01.01.2021T", 1));
    assert_eq!(no_day.column, "/included/0/attributes/effective_start_date");
    let no_members = told(&XI.1.replace("\"id\": \"CH\"", "\"id\": \"1099\""));
    assert_eq!(
        no_members.column,
        "/included/2/relationships/geographical_area"
    );
}

#[test]
fn the_address_tells_whose_tariff_it_is_where_the_document_does_not() {
    let nameless = XI.1.replace("\"source\": \"xi\"", "\"source\": null");
    let links = "{\n  \"links\": {\"self\": \"/xi/api/v2/commodities/9102110000\"},";
    let told = outcome(XI.0, &nameless.replacen('{', links, 1));
    let of_europe = told.rows.lines().filter(|row| row.contains(",EU,"));
    assert_eq!((of_europe.count(), told.mistakes), (4, vec![]));
}

#[test]
fn a_schedule_that_gives_too_many_rows_is_to_come_in_chapters() {
    let mut text = SCHEDULE.1.lines().next().expect("a heading").to_owned();
    for number in 10_000_000..10_010_000 {
        text.push_str(&format!(
            "\n{number},0,Goods,,1%,\"Free (AU,BH,CL,CO,P)\",,,"
        ));
    }
    let today = Day::parse("2026-11-26").expect("a day");
    let read = read(Format::UsitcCsv, "hts.csv", &text, today);
    let told: Vec<&str> = read
        .mistakes
        .iter()
        .map(|mistake| mistake.detail.as_str())
        .collect();
    assert_eq!(
        told,
        ["The file gives more than 60000 rows. Export the schedule chapter by chapter."]
    );
}
