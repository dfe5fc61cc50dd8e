//! JSON text to the tree of a rule, within limits. What is not known is refused rather than passed
//! over, for a rule that means less than it says selects the wrong people.

use segue_engine::error::{Error, Result};
use serde_json::value::RawValue;

use super::json::{check, is_empty, list, object, text, truth};
use super::operator::{Operator, Takes};
use super::refuse::{refuse, shown};
use super::tree::{Criteria, Leaf, Operation, Rowset};

/// The deepest nesting of criteria.
const DEPTH: usize = 64;
/// The most criteria in a rule, groups counted too. So many are planned in half a second; with ten
/// thousand it is half a minute.
const MOST_CRITERIA: usize = 2_000;
/// The most rowsets: each joins the result of all before it, so that they nest.
const MOST_ROWSETS: usize = 64;

/// A whole rule.
pub(crate) fn parse(raw: &str) -> Result<Vec<Rowset<'_>>> {
    check(raw)?;
    let raw: &RawValue = serde_json::from_str(raw).map_err(|_| refuse("", "it is not JSON"))?;
    let mut rowsets = None;
    for (key, value) in object(raw, "")? {
        match key.as_str() {
            "rowsets" => rowsets = Some(list(value, "rowsets")?),
            "$schema" => {}
            "type" => match text(value, "type")?.as_str() {
                "structured" => {}
                other => {
                    return Err(refuse("type", format!("“{}” is not possible as a type", shown(other)))
                        .help("Only “structured” rules can be read; leave it out."));
                }
            },
            _ if is_empty(value) => {}
            key => return Err(unknown(key, key)),
        }
    }
    let rowsets = rowsets.filter(|rowsets| !rowsets.is_empty()).ok_or_else(|| {
        refuse("rowsets", "it has no rowset").help("For everybody, write a criterion that all profiles meet.")
    })?;
    if rowsets.len() > MOST_ROWSETS {
        return Err(refuse("rowsets", format!("it has more than {MOST_ROWSETS} rowsets"))
            .help("Put several criteria in one rowset."));
    }
    let mut reader = Reader { criteria: 0 };
    rowsets.into_iter().enumerate().map(|(at, raw)| reader.rowset(raw, at)).collect()
}

struct Reader {
    /// Criteria so far.
    criteria: usize,
}

impl Reader {
    fn rowset<'a>(&mut self, raw: &'a RawValue, at: usize) -> Result<Rowset<'a>> {
        let place = format!("rowsets[{at}]");
        let (mut operation, mut criteria) = (None, None);
        for (key, value) in object(raw, &place)? {
            let inner = format!("{place}.{key}");
            match key.as_str() {
                "rowsetOperation" => operation = Some(text(value, &inner)?),
                "criteria" => criteria = Some(value),
                _ if is_empty(value) => {}
                _ => return Err(unknown(&key, &place)),
            }
        }
        let operation = joined(operation.as_deref(), at, &format!("{place}.rowsetOperation"))?;
        let criteria = criteria.ok_or_else(|| {
            refuse(&place, "it has no criteria").help("Add \"criteria\" with attribute and comparison.")
        })?;
        Ok(Rowset { operation, criteria: self.criteria(criteria, format!("{place}.criteria"), 1)? })
    }

    fn criteria<'a>(&mut self, raw: &'a RawValue, place: String, depth: usize) -> Result<Criteria<'a>> {
        // The place itself could be pages long.
        let top = || place.split('.').next().unwrap_or_default();
        if depth > DEPTH {
            let what = format!("its criteria are nested more than {DEPTH} deep");
            return Err(refuse(top(), what).help("Simplify it."));
        }
        self.criteria += 1;
        if self.criteria > MOST_CRITERIA {
            return Err(refuse(top(), "the rule has more than 2,000 criteria")
                .help("Use isIn for many values of one attribute."));
        }
        let mut parts = Parts::default();
        for (key, value) in object(raw, &place)? {
            parts.take(&key, value, &place)?;
        }
        let Some(children) = parts.children else { return parts.leaf(place).map(Criteria::Leaf) };
        if parts.attribute.is_some() || parts.operator.is_some() {
            return Err(refuse(&place, "it has both an attribute and childCriterias")
                .help("Make the comparison one of the childCriterias."));
        }
        if parts.value.is_some() || parts.list.is_some() {
            return Err(refuse(&place, "a group of childCriterias has no value of its own"));
        }
        let all = match (parts.logical.as_deref(), children.len()) {
            (Some("and"), _) | (None, 1) => true,
            (Some(_), _) => false,
            (None, _) => {
                return Err(refuse(&place, "it does not say how its childCriterias are joined")
                    .help("Add \"logicalOperator\": \"and\" or \"or\"."));
            }
        };
        let children = children
            .into_iter()
            .enumerate()
            .map(|(at, child)| self.criteria(child, format!("{place}.childCriterias[{at}]"), depth + 1))
            .collect::<Result<_>>()?;
        Ok(if all { Criteria::And(children) } else { Criteria::Or(children) })
    }
}

/// What stands in one criterion.
#[derive(Default)]
struct Parts<'a> {
    logical: Option<String>,
    children: Option<Vec<&'a RawValue>>,
    attribute: Option<String>,
    operator: Option<String>,
    value: Option<&'a RawValue>,
    list: Option<Vec<&'a RawValue>>,
    ignore_case: bool,
    is_time: bool,
}

impl<'a> Parts<'a> {
    fn take(&mut self, key: &str, value: &'a RawValue, place: &str) -> Result<()> {
        let inner = format!("{place}.{key}");
        match key {
            "logicalOperator" => match text(value, &inner)?.as_str() {
                word @ ("and" | "or") => self.logical = Some(word.to_owned()),
                other => {
                    return Err(refuse(&inner, format!("“{}” is neither and nor or", shown(other))));
                }
            },
            "childCriterias" => {
                self.children = Some(list(value, &inner)?).filter(|list| !list.is_empty());
            }
            "attribute" => self.attribute = Some(text(value, &inner)?),
            "comparisonOperator" => self.operator = Some(text(value, &inner)?),
            "value" => self.value = Some(value),
            "listOfValues" => self.list = Some(list(value, &inner)?).filter(|list| !list.is_empty()),
            "ignoreCase" => self.ignore_case = truth(value, &inner)?,
            "isTime" => self.is_time = truth(value, &inner)?,
            // The name of a class in the program that wrote the rule; it says nothing more.
            "kind" => drop(text(value, &inner)?),
            _ if is_empty(value) => {}
            _ => return Err(unknown(key, place)),
        }
        Ok(())
    }

    fn leaf(self, place: String) -> Result<Leaf<'a>> {
        let Some(attribute) = self.attribute else {
            return Err(refuse(&place, "it has neither an attribute nor childCriterias")
                .help("Name a column of the audience."));
        };
        let Some(operator) = self.operator else {
            return Err(refuse(&place, "it has no comparisonOperator").help("For example \"equals\"."));
        };
        let operator = Operator::named(&operator, &format!("{place}.comparisonOperator"))?;
        let given = (self.value.is_some(), self.list.as_ref().map_or(0, Vec::len));
        let needs = match (operator.takes(), given) {
            (Takes::Nothing, (false, 0)) | (Takes::One, (true, 0)) | (Takes::Two, (false, 2)) => None,
            (Takes::Many, (false, 1..)) => None,
            (Takes::Nothing, _) => Some("no value"),
            (Takes::One, _) => Some("exactly one “value”"),
            (Takes::Two, _) => Some("“listOfValues” with exactly two values, the bounds"),
            (Takes::Many, _) => Some("“listOfValues” with at least one value"),
        };
        match needs {
            Some(needs) => Err(refuse(&place, format!("“{}” takes {needs}", operator.name()))),
            None => Ok(Leaf {
                place,
                attribute,
                operator,
                value: self.value,
                list: self.list,
                ignore_case: self.ignore_case,
                is_time: self.is_time,
            }),
        }
    }
}

/// How the rowset at this place joins those before it.
fn joined(word: Option<&str>, at: usize, place: &str) -> Result<Operation> {
    match (word, at) {
        (None | Some("none"), 0) | (Some("union" | "include"), _) => Ok(Operation::Union),
        (Some("intersect"), 1..) => Ok(Operation::Intersect),
        (Some("except" | "exclude"), 1..) => Ok(Operation::Except),
        (None | Some("none"), _) => {
            Err(refuse(place, "only the first rowset joins nothing").help("Say union, intersect or except."))
        }
        (Some(word @ ("intersect" | "except" | "exclude")), 0) => {
            Err(refuse(place, format!("the first rowset has nothing before it to {word}"))
                .help("Begin with a rowset of the operation none or union."))
        }
        (Some(other), _) => Err(refuse(place, format!("there is no rowsetOperation “{}”", shown(other)))
            .help("Say union, intersect or except.")),
    }
}

/// A key that is not known here; `at` is the object that holds it.
fn unknown(key: &str, at: &str) -> Error {
    let help = match key {
        "paths" | "hierarchies" => {
            "An audience is one flat table without relationships; put the attribute in a column."
        }
        "segmentationQuerySql" => "Write a condition with `--where` instead.",
        _ => "Leave it out; docs/rules/segment-rules.md says what a rule may hold.",
    };
    let place = if key == at { "" } else { at };
    refuse(place, format!("“{}” is not possible in a rule", shown(key))).help(help)
}
