//! Whatever is written as CSV is read back the same.

use proptest::prelude::*;
use segue_audience::Settings;

use crate::support::{Folder, people, tiny};

/// Cells of everything that is special in CSV.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9]{0,6}",
        3 => proptest::collection::vec(
            prop_oneof![
                Just("\""), Just(","), Just(";"), Just("\n"), Just("\r\n"), Just("\r"), Just("é"), Just("🦀"),
                Just("x"), Just(" "), Just("\t"), Just("'"),
            ],
            0..8,
        ).prop_map(|parts| parts.concat()),
        1 => "\\PC{0,5}",
    ]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (2..5_usize)
        .prop_flat_map(|columns| proptest::collection::vec(proptest::collection::vec(cell(), columns), 0..30))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn reads_what_was_written(
        rows in table(),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        windows in any::<bool>(),
        always in any::<bool>(),
        chunk in 1..60_u64,
        block in 16..80_usize,
    ) {
        let columns = rows.first().map_or(2, Vec::len);
        let mut writer = csv::WriterBuilder::new();
        writer.delimiter(delimiter);
        if windows {
            writer.terminator(csv::Terminator::CRLF);
        }
        if always {
            writer.quote_style(csv::QuoteStyle::Always);
        }
        let mut writer = writer.from_writer(Vec::new());
        let names: Vec<String> = (0..columns).map(|place| format!("n{place}")).collect();
        writer.write_record(&names).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();

        let settings = Settings { chunk, block, ..tiny() };
        let mut folder = Folder::with(settings).file("a.csv", bytes);
        folder.files.delimiter = Some(char::from(delimiter));
        folder.files.encoding = Some("utf-8".to_owned());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let read = runtime.block_on(async {
            let source = folder.open().await.unwrap();
            prop_assert_eq!(source.survey().rows, rows.len() as u64);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            Ok(people(&source, &["true"], &names).await.unwrap())
        })?;

        let mut expected: Vec<Vec<Option<String>>> = rows
            .iter()
            .enumerate()
            .map(|(place, row)| {
                let cells = row.iter().map(|cell| Some(cell.clone()).filter(|cell| !cell.trim().is_empty()));
                std::iter::once(Some((place + 1).to_string())).chain(cells).chain([Some("+".to_owned())]).collect()
            })
            .collect();
        expected.sort();
        prop_assert_eq!(read, expected);
    }
}
