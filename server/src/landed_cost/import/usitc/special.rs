//! The special column: `Free (A+,AU,BH) 2.1% (JP) See 9822.04.01 (CL)`, rates by programme.

/// One rate and the programmes it holds for.
#[derive(Debug, PartialEq, Eq)]
pub struct Group<'a> {
    pub rate: &'a str,
    pub programmes: Vec<&'a str>,
}

/// An agreement that a programme's letters stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub name: &'static str,
    /// ISO 3166-1.
    pub origins: &'static [&'static str],
    pub proof: &'static str,
}

const CERTIFICATION: &str = "Certification of origin by importer, exporter or producer";

const fn agreement(name: &'static str, origins: &'static [&'static str]) -> Agreement {
    Agreement {
        name,
        origins,
        proof: CERTIFICATION,
    }
}

const FREE_TRADE: &str = "Free trade agreement";
const PROMOTION: &str = "Trade Promotion Agreement";
const CAFTA: Agreement = agreement("CAFTA-DR", &["CR", "DO", "GT", "HN", "NI", "SV"]);
const USMCA: Agreement = agreement("USMCA", &["CA", "MX"]);

/// The letters of general note 3(c) whose countries do not change by proclamation. What is not here is left out: the
/// preferences for developing countries have lapsed or change their lists, and some letters stand for goods.
const AGREEMENTS: [(&str, Agreement); 17] = [
    ("AU", agreement(FREE_TRADE, &["AU"])),
    ("BH", agreement(FREE_TRADE, &["BH"])),
    ("CL", agreement(FREE_TRADE, &["CL"])),
    ("CO", agreement(PROMOTION, &["CO"])),
    ("IL", agreement(FREE_TRADE, &["IL"])),
    ("JO", agreement(FREE_TRADE, &["JO"])),
    (
        "JP",
        Agreement {
            name: "Trade agreement",
            origins: &["JP"],
            proof: "Claim of the importer",
        },
    ),
    ("KR", agreement("KORUS", &["KR"])),
    ("MA", agreement(FREE_TRADE, &["MA"])),
    ("OM", agreement(FREE_TRADE, &["OM"])),
    ("P", CAFTA),
    ("P+", CAFTA),
    ("PA", agreement(PROMOTION, &["PA"])),
    ("PE", agreement(PROMOTION, &["PE"])),
    ("S", USMCA),
    ("S+", USMCA),
    ("SG", agreement(FREE_TRADE, &["SG"])),
];

/// The agreement of a programme; None for those whose countries are not known here.
pub fn agreement_of(programme: &str) -> Option<&'static Agreement> {
    let found = AGREEMENTS.iter().find(|(letters, _)| *letters == programme);
    found.map(|(_, agreement)| agreement)
}

/// The rates of a cell by programme; None where it is not such a list.
pub fn groups(text: &str) -> Option<Vec<Group<'_>>> {
    let mut groups = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (rate, after) = rest.split_once('(')?;
        let (letters, behind) = after.split_once(')')?;
        let programmes: Vec<&str> = letters.split(',').map(str::trim).collect();
        if rate.trim().is_empty() || programmes.iter().any(|letters| letters.is_empty()) {
            return None;
        }
        groups.push(Group {
            rate: rate.trim(),
            programmes,
        });
        rest = behind.trim_start_matches([',', ';', ' ']);
    }
    Some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sampan_engine::trade::CountryCode;

    #[test]
    fn a_cell_is_read_by_rate_and_programme() {
        let group = |rate, programmes: &[&'static str]| Group {
            rate,
            programmes: programmes.to_vec(),
        };
        assert_eq!(
            groups("Free (A+,AU, BH) 2.1% (JP) See 9822.04.01-9822.04.03 (CL)"),
            Some(vec![
                group("Free", &["A+", "AU", "BH"]),
                group("2.1%", &["JP"]),
                group("See 9822.04.01-9822.04.03", &["CL"]),
            ])
        );
        assert_eq!(groups(""), Some(Vec::new()));
        for bad in [
            "Free",
            "Free (AU",
            "Free ()",
            "(AU)",
            "Free (AU) see note 3",
        ] {
            assert_eq!(groups(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_agreement_names_countries_that_exist() {
        for (letters, agreement) in &AGREEMENTS {
            assert!(!agreement.origins.is_empty(), "{letters}");
            for origin in agreement.origins {
                let code = CountryCode::parse(origin).expect(origin);
                assert!(code.is_assigned(), "{letters}: {origin}");
            }
        }
    }
}
