//! What a product says of itself, before anything is sent.

use std::collections::BTreeSet;

use segue_engine::destination::Abilities;
use segue_engine::destination::http::Origin;

use super::trial::Trial;

pub(crate) async fn it_is_well_described(trial: Trial) {
    let product = trial.product();
    assert!(!product.name().trim().is_empty());
    assert!(product.rate() > 0, "so many requests a second");
    let words: BTreeSet<&str> = product.origins().iter().map(|(word, _)| *word).collect();
    assert!(!words.is_empty() && words.len() == product.origins().len(), "regions have words of their own");
    for (word, origin) in product.origins() {
        let parsed = Origin::parse(origin).unwrap_or_else(|error| panic!("{word}: {error:?}"));
        assert!(parsed.as_str() == *origin && !parsed.is_loopback(), "{word} is where its accounts are");
    }
    let Abilities { batch, bytes, in_flight, page, asked, all_lists, .. } = product.abilities();
    assert!(batch > 1 && bytes > 0 && in_flight > 0 && page > 0 && asked > 0);
    assert!(all_lists || product.singly().is_some(), "there is a way to take people off lists");
    assert!(product.same_title("VIP", "VIP") && !product.same_title("VIP", "VIP 2"));
}
