//! What notices say: names of exports and counts, on as many lines as are meant.

use segue_engine::model::{NoticeKind, NoticeLanguage};
use segue_engine::notify::words::{body, message, trial, trial_body};

use super::{noon, notice};

const KINDS: [NoticeKind; 6] = [
    NoticeKind::Failed,
    NoticeKind::Skipped,
    NoticeKind::Waiting,
    NoticeKind::Errors,
    NoticeKind::PeopleChanged,
    NoticeKind::Recovered,
];

#[test]
fn every_kind_is_said_in_both_languages() {
    for kind in KINDS {
        let notice = notice(kind);
        let (en, sv) = (message(&notice, NoticeLanguage::En), message(&notice, NoticeLanguage::Sv));
        assert_ne!(en, sv, "{kind:?}");
        for said in [en, sv] {
            assert!(said.subject.contains("Weekly") && said.text.contains("Weekly"), "{kind:?}");
            assert!(said.text.ends_with('.'), "{kind:?}: {}", said.text);
            assert!(!said.subject.contains(char::is_control) && !said.text.contains(char::is_control));
        }
    }
    assert_ne!(trial(NoticeLanguage::En), trial(NoticeLanguage::Sv));
}

#[test]
fn numbers_are_said_as_people_write_them() {
    let changed = notice(NoticeKind::PeopleChanged);
    let en = message(&changed, NoticeLanguage::En).text;
    assert!(
        en.contains("now has 1\u{202f}200 people") && en.contains("about 12\u{202f}345\u{202f}678."),
        "{en}"
    );
    let failed = message(&notice(NoticeKind::Failed), NoticeLanguage::Sv).text;
    assert!(failed.contains(" 1 person kunde inte hanteras."), "{failed}");
}

#[test]
fn a_webhook_has_words_for_chats_and_facts_for_programs() {
    let notice = notice(NoticeKind::PeopleChanged);
    let body = body(&notice, NoticeLanguage::En);
    assert_eq!(body["kind"], "people_changed");
    assert_eq!(body["export"], notice.export);
    assert_eq!(body["run"], notice.run.to_string());
    assert_eq!(body["at"], "2026-03-01T12:00:00Z");
    assert_eq!(body["counts"], serde_json::json!({ "people": 1200, "before": 12_345_678, "not_done": 1 }));
    assert_eq!(body.as_object().unwrap().len(), 6, "and nothing else");
    let text = body["text"].as_str().unwrap();
    assert!(!text.contains(['<', '>']), "a name calls nobody: {text}");
    assert_eq!(trial_body(NoticeLanguage::Sv, noon())["kind"], "trial");
}
