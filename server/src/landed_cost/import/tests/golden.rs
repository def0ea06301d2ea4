//! Files without a mistake: every row they give, and every reason for which something is left out.

use super::*;

#[test]
fn a_british_commodity_gives_its_duty_its_preferences_and_its_tax() {
    let outcome = outcome(UK.0, UK.1);
    assert_eq!(outcome.rows, UK_ROWS);
    assert_eq!(outcome.mistakes, []);
    assert_eq!(
        outcome.skipped,
        skipped(&[
            ("Third country duty: it holds for Channel Islands alone.", 1),
            ("Preferences of places that have no country code.", 1),
            (
                "Tariff preference: it hangs on conditions, such as a certificate or a price.",
                1
            ),
            (
                "Preferential tariff quota: it holds within a quota, and what is left of one is not known here.",
                1
            ),
            (
                "Preference under authorised use: it holds for those alone who are authorised to use the goods in one way.",
                1
            ),
            (
                "Controls, units and other measures that are neither duty nor tax.",
                2
            ),
            (
                "Value added tax: it holds for goods with an additional code alone.",
                1
            ),
        ])
    );
}

#[test]
fn a_commodity_of_northern_ireland_gives_the_european_tariff_and_no_tax() {
    let outcome = outcome(XI.0, XI.1);
    assert_eq!(outcome.rows, XI_ROWS);
    assert_eq!(outcome.mistakes, []);
    assert_eq!(
        outcome.skipped,
        skipped(&[
            (
                "Customs Union Duty: it asks for another proof than that of origin.",
                1
            ),
            (
                "Definitive anti-dumping duty: it hangs on who made the goods and where.",
                1
            ),
            (
                "Additional duties: it hangs on where the goods were made; write it into layers.csv.",
                1
            ),
            (
                "Tariff preference: its amount hangs on the recipe of a food.",
                1
            ),
            (
                "Value added tax: it is the tax of Northern Ireland, not of the European Union.",
                1
            ),
        ])
    );
}

#[test]
fn the_american_schedule_gives_rates_and_preferences_and_counts_what_it_leaves_out() {
    let outcome = outcome(SCHEDULE.0, SCHEDULE.1);
    assert_eq!(outcome.rows, SCHEDULE_ROWS);
    assert_eq!(outcome.mistakes, []);
    assert_eq!(
        outcome.skipped,
        skipped(&[
            (
                "Column 2: rates for goods of Belarus, Cuba, North Korea and Russia alone.",
                11
            ),
            ("Special rates that another subheading tells.", 1),
            (
                "Lines without a rate of their own: the one above them holds.",
                2
            ),
            (
                "Special rates of programme A+: its countries are not known here.",
                1
            ),
            (
                "Special rates of programme E*: its countries are not known here.",
                1
            ),
            (
                "The rate counts in a unit that a parcel does not tell, such as liters.",
                1
            ),
            ("Special rates of countries that a line names twice.", 6),
            (
                "The rate for a dozen or a gross does not divide exactly.",
                1
            ),
            (
                "The rate is told by words, such as that of a part or of another article.",
                1
            ),
            (
                "Additional duties that a line or its footnote names; write them into layers.csv.",
                1
            ),
            (
                "Lines that hold within a quota; what is left of one is not known here.",
                1
            ),
            ("Lines that no rate stands on or above.", 1),
            (
                "Lines of chapters 98 and 99: they change other rates; write them into layers.csv.",
                2
            ),
        ])
    );
}

#[test]
fn the_schedule_as_json_gives_what_it_gives_as_csv_and_counts_footnotes() {
    let outcome = outcome(CHAPTER.0, CHAPTER.1);
    assert_eq!(outcome.rows, CHAPTER_ROWS);
    assert_eq!(outcome.mistakes, []);
    assert_eq!(
        outcome.skipped,
        skipped(&[
            (
                "Column 2: rates for goods of Belarus, Cuba, North Korea and Russia alone.",
                3
            ),
            (
                "Additional duties that a line or its footnote names; write them into layers.csv.",
                1
            ),
            (
                "Lines without a rate of their own: the one above them holds.",
                1
            ),
        ])
    );
    let apart_from_lines = |table: &str| -> Vec<String> {
        let rows = table.lines().filter(|row| row.contains(",6109"));
        rows.map(|row| row.splitn(3, ',').last().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(
        apart_from_lines(CHAPTER_ROWS),
        apart_from_lines(SCHEDULE_ROWS)
    );
}

#[test]
fn a_file_of_our_own_gives_its_rows_as_they_are() {
    let outcome = outcome(OWN.0, OWN.1);
    assert_eq!(outcome.rows, OWN_ROWS);
    assert_eq!((outcome.mistakes, outcome.skipped), (vec![], vec![]));
}
