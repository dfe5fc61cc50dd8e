//! The rules and how far each has counted.

use super::{Act, Rule};
use crate::wire::Head;

/// The fault rules with their counters.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    rules: Vec<Counted>,
}

#[derive(Debug)]
struct Counted {
    rule: Rule,
    seen: u64,
    fired: u64,
}

impl Schedule {
    pub(crate) fn new(rules: &[Rule]) -> Schedule {
        let count = |rule: &Rule| Counted { rule: rule.clone(), seen: 0, fired: 0 };
        Schedule { rules: rules.iter().map(count).collect() }
    }

    /// Counts a request and returns the act of the first rule that fires. Every rule counts, also
    /// those after it, so that a number in a rule never depends on its neighbours.
    pub(crate) fn next(&mut self, head: &Head) -> Option<Act> {
        let mut chosen = None;
        for counted in &mut self.rules {
            let on = &counted.rule.on;
            if !on.is_about(head) {
                continue;
            }
            counted.seen += 1;
            let spent = on.times.is_some_and(|times| counted.fired >= times);
            if chosen.is_none() && !spent && on.chooses(counted.seen) {
                counted.fired += 1;
                chosen = Some(counted.rule.act.clone());
            }
        }
        chosen
    }
}
