//! Opt-outs: whoever opted out stays so, whatever is sent, and the account says of exactly whom it is true.

use segue_engine::destination::{Call, Row};
use segue_engine::model::FieldType;
use serde_json::Value;

use super::stage::Fault;
use super::trial::{Trial, accepted, call, crowd, is_taken, row};

pub(crate) async fn whoever_opted_out_stays_so(trial: Trial) {
    trial.stage.define();
    let out = "out@example.com";
    trial.stage.seed(out, false);
    trial.stage.seed("in@example.com", true);
    let (product, fields) = (trial.product(), trial.fields().await);
    let list = trial.list("VIP").await;
    let joins = [&list];
    // Everything that can be sent of yes and of text, and lists.
    let told = |email: &str| {
        let fields = fields.iter().filter(|field| !field.target.is_email()).filter_map(|field| {
            let cell = if field.kind == FieldType::Boolean { "true" } else { email };
            let value = product.value(cell, field).ok()?;
            Some((field.target.to_string(), serde_json::from_str(&value).unwrap()))
        });
        Value::Object(fields.collect()).to_string()
    };
    let emails = [out, "in@example.com", "new@example.com"];
    let texts = emails.map(told);
    let rows = [0, 1, 2].map(|at| Row { fields: Some(&texts[at]), joins: &joins, ..row(emails[at]) });
    for _ in 0..2 {
        let answers = accepted(trial.upsert(&call(&rows), &fields).await, "with fields and lists");
        assert!(answers.iter().all(is_taken), "{answers:?}");
        assert!(!trial.person(out).may_be_mailed, "no export opts anybody in");
        assert!(trial.person("in@example.com").may_be_mailed, "or out");
        assert!(trial.person("new@example.com").may_be_mailed);
        assert_eq!(trial.opted_out(&emails).await, [true, false, false]);
    }
    let people = emails.map(str::to_owned);
    let list = trial.find("VIP").await.unwrap();
    assert!(trial.take_off(&people, &list).await.iter().all(is_taken));
    if let Some(singly) = product.singly() {
        let answer = trial.ask(&singly.join(&list.id, out), |reply| singly.read_join(reply)).await;
        assert!(accepted(answer, "a join"));
    }
    if product.by_id().is_some() {
        let id = trial.person(out).id;
        let rows = [Row { id: Some(&id), fields: Some(&texts[0]), joins: &joins, ..row(out) }];
        let call = Call { by: segue_engine::destination::By::Id, only_existing: true, ..call(&rows) };
        assert!(accepted(trial.upsert(&call, &fields).await, "by id").iter().all(is_taken));
    }
    assert!(!trial.person(out).may_be_mailed);
}

pub(crate) async fn exactly_those_are_told(trial: Trial) {
    // More than are asked for at a time, every third of them out, every fourth a stranger.
    let emails = crowd(2 * trial.product().abilities().asked.min(100) + 11);
    let is_out = |at: usize| at.is_multiple_of(3);
    let is_there = |at: usize| !at.is_multiple_of(4);
    for (at, email) in emails.iter().enumerate().filter(|(at, _)| is_there(*at)) {
        trial.stage.seed(email, !is_out(at));
    }
    let before = trial.people();
    let asked: Vec<&str> = emails.iter().map(String::as_str).collect();
    let wanted: Vec<bool> = (0..emails.len()).map(|at| is_there(at) && is_out(at)).collect();
    assert_eq!(trial.opted_out(&asked).await, wanted);
    let reversed: Vec<&str> = asked.into_iter().rev().collect();
    assert_eq!(trial.opted_out(&reversed).await, wanted.into_iter().rev().collect::<Vec<_>>());
    assert_eq!(trial.people(), before, "asking makes nobody");
}

pub(crate) async fn an_opt_out_that_the_account_undoes_is_seen(trial: Trial) {
    let out = "out@example.com";
    trial.stage.seed(out, false);
    let can = trial.stage.play(Fault::PermitsMail);
    assert_eq!(
        can,
        trial.product().abilities().may_undo_opt_outs,
        "an account that may do it is one that runs watch"
    );
    if can {
        assert_eq!(trial.opted_out(&[out]).await, [true]);
        trial.put(&[out.to_owned()], &[]).await;
        assert_eq!(trial.opted_out(&[out]).await, [false], "a run sees it and stops");
    }
}
