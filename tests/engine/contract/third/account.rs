//! A Pigeon account in memory, and its API over plain TCP on a port that the system chooses: as much of a server as
//! the suite asks for. It does not know the destination.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use super::super::stage::{Fault, Mixed};

/// The key of every account.
pub(super) const KEY: &str = "coo-7f3a91";
const BATCH: usize = 25;
const PAGE: usize = 10;
const ASKED: usize = 7;

/// What is in the account.
#[derive(Default)]
pub(super) struct Account {
    /// By address in lower case.
    pub(super) birds: BTreeMap<String, Bird>,
    /// Titles; the number of a flock is its place, from 1.
    pub(super) flocks: Vec<String>,
    /// Names and kinds.
    pub(super) traits: Vec<(&'static str, &'static str)>,
    pub(super) barred: BTreeSet<String>,
    pub(super) fault: Option<Fault>,
}

/// Somebody.
#[derive(Default)]
pub(super) struct Bird {
    pub(super) email: String,
    pub(super) traits: BTreeMap<String, Value>,
    /// Numbers.
    pub(super) flocks: BTreeSet<usize>,
    pub(super) silent: bool,
}

/// A server, until it is dropped.
pub(super) struct Server {
    at: SocketAddr,
    account: Arc<Mutex<Account>>,
    over: Arc<AtomicBool>,
    accepts: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let at = listener.local_addr().unwrap();
        let (account, over): (Arc<Mutex<Account>>, Arc<AtomicBool>) = Default::default();
        let (theirs, ends) = (Arc::clone(&account), Arc::clone(&over));
        let accepts = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let account = Arc::clone(&theirs);
                std::thread::spawn(move || stream.and_then(|stream| serve(&account, &stream)));
            }
        });
        Self { at, account, over, accepts: Some(accepts) }
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.at)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Somebody has to come, that it looks up.
        if TcpStream::connect(self.at).is_ok()
            && let Some(accepts) = self.accepts.take()
        {
            accepts.join().ok();
        }
    }
}

/// One request of a connection, which closes with its answer.
fn serve(account: &Mutex<Account>, stream: &TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut lines, mut line) = (Vec::new(), String::new());
    while reader.read_line(&mut line)? > 2 {
        lines.push(std::mem::take(&mut line));
    }
    let header = |wanted: &str| {
        let mut pairs = lines.iter().filter_map(|line| line.split_once(':'));
        pairs.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim().to_owned())
    };
    let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let target = lines.first().map(String::as_str).unwrap_or_default();
    let asked: Vec<&str> = target.split(' ').take(2).collect();
    let (reply, cut) = {
        let mut account = account.lock().unwrap();
        let carried_out = match &account.fault {
            Some(Fault::Answer { status, headers, body }) => Some((*status, headers.clone(), body.clone())),
            _ => None,
        };
        let reply = carried_out.unwrap_or_else(|| {
            let good = header("pigeon-key").as_deref() == Some(KEY);
            let (status, body) = if good { account.answer(&asked, &body) } else { refuse(401, "Who is it?") };
            (status, Vec::new(), body.to_string())
        });
        (reply, matches!(account.fault, Some(Fault::Cut)))
    };
    if cut {
        return Ok(());
    }
    let (status, headers, body) = reply;
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    let mut stream = stream;
    stream.write_all(format!("{head}{body}").as_bytes())
}

fn refuse(status: u16, why: &str) -> (u16, Value) {
    (status, json!({ "error": why }))
}

impl Account {
    /// Status and body.
    fn answer(&mut self, asked: &[&str], body: &[u8]) -> (u16, Value) {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let path: Vec<&str> = asked.last().map(|path| path.split('/').skip(2).collect()).unwrap_or_default();
        match (asked.first().copied().unwrap_or_default(), &path[..]) {
            ("GET", ["count"]) => (200, json!({ "birds": self.birds.len() })),
            ("GET", ["traits"]) => {
                let one = |(name, kind): &(&str, &str)| json!({ "name": name, "kind": kind });
                (200, json!({ "traits": self.traits.iter().map(one).collect::<Vec<_>>() }))
            }
            ("GET", ["flocks"]) => {
                let all: Vec<Value> = (1..=self.flocks.len()).map(|number| self.flock(number)).collect();
                (200, json!({ "flocks": all }))
            }
            ("POST", ["flocks"]) => match body["title"].as_str() {
                Some(title) if self.flocks.iter().any(|have| have == title) => refuse(409, "It is there"),
                Some(title) => {
                    self.flocks.push(title.to_owned());
                    (200, self.flock(self.flocks.len()))
                }
                None => refuse(400, "A flock has a title"),
            },
            ("GET", ["flocks", number, "birds", from]) => match (number.parse(), from.parse()) {
                (Ok(number), Ok(from)) => self.page(number, from),
                _ => refuse(400, "Numbers are asked for"),
            },
            ("POST", ["silent"]) => self.silent(&body["of"]),
            ("POST", ["birds"]) => self.birds(&body),
            _ => refuse(404, "There is no such path"),
        }
    }

    fn flock(&self, number: usize) -> Value {
        let size = self.birds.values().filter(|bird| bird.flocks.contains(&number)).count();
        json!({ "number": number, "title": self.flocks.get(number - 1), "size": size })
    }

    fn page(&self, number: usize, from: usize) -> (u16, Value) {
        let birds: Vec<&str> = self
            .birds
            .values()
            .filter(|bird| bird.flocks.contains(&number))
            .map(|bird| bird.email.as_str())
            .collect();
        let next = Some(from + PAGE).filter(|next| *next < birds.len());
        let page: Vec<&&str> = birds.iter().skip(from).take(PAGE).collect();
        (200, json!({ "size": birds.len(), "birds": page, "next": next }))
    }

    fn silent(&self, of: &Value) -> (u16, Value) {
        let of: Vec<&str> = of.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if of.len() > ASKED {
            return refuse(400, "Too many at once");
        }
        let is_silent = |email: &&str| self.birds.get(&email.to_lowercase()).is_some_and(|bird| bird.silent);
        (200, json!({ "silent": of.into_iter().filter(is_silent).collect::<Vec<_>>() }))
    }

    fn birds(&mut self, body: &Value) -> (u16, Value) {
        let Some(rows) = body["birds"].as_array().filter(|rows| !rows.is_empty() && rows.len() <= BATCH)
        else {
            return refuse(400, "From 1 to 25 birds");
        };
        let bad = match &self.fault {
            Some(Fault::BadRow(email, mixed)) => Some((email.clone(), *mixed)),
            _ => None,
        };
        let is_bad = |row: &Value| bad.as_ref().is_some_and(|(email, _)| row["email"] == email.as_str());
        let mixed = bad.as_ref().map(|(_, mixed)| *mixed);
        if mixed == Some(Mixed::Whole) && rows.iter().any(is_bad) {
            return refuse(400, "One of them is no bird");
        }
        let mut said = Vec::new();
        for row in rows {
            let email = row["email"].as_str().unwrap_or_default();
            let word =
                if is_bad(row) { "no bird" } else { self.bird(email, row, body["only_known"] == true) };
            let unnamed = match &self.fault {
                Some(Fault::Unnamed(who)) => who == email,
                _ => mixed == Some(Mixed::Silent) && is_bad(row),
            };
            if !unnamed {
                said.push(format!("{}:\"{word}\"", Value::from(email)));
            }
        }
        if matches!(self.fault, Some(Fault::OtherOrder)) {
            said.reverse();
        }
        (200, serde_json::from_str(&format!("{{\"said\":{{{}}}}}", said.join(","))).unwrap())
    }

    /// What becomes of one row.
    fn bird(&mut self, email: &str, row: &Value, only_known: bool) -> &'static str {
        let key = email.to_lowercase();
        let known = self.birds.contains_key(&key);
        if !known && only_known {
            return "stranger";
        }
        if !known && self.barred.contains(&key) {
            return "barred";
        }
        let traits: Vec<(String, Value)> = row["traits"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if !traits.iter().all(|(key, value)| self.fits(key, value)) {
            return "a trait does not fit";
        }
        let numbers = |name: &str| -> Vec<usize> {
            row[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|one| one.as_u64()?.try_into().ok())
                .collect()
        };
        let bird =
            self.birds.entry(key).or_insert_with(|| Bird { email: email.to_owned(), ..Bird::default() });
        for (key, value) in traits {
            if value.is_null() {
                bird.traits.remove(&key);
            } else {
                bird.traits.insert(key, value);
            }
        }
        bird.flocks.extend(numbers("into"));
        bird.flocks.retain(|flock| !numbers("out_of").contains(flock));
        if known { "fed" } else { "hatched" }
    }

    fn fits(&self, key: &str, value: &Value) -> bool {
        let own = |name: &str| self.traits.iter().find(|(have, _)| *have == name).map(|(_, kind)| *kind);
        let kind = match key {
            "first" | "last" => Some("words"),
            _ => key.strip_prefix("own.").and_then(own),
        };
        match kind {
            _ if value.is_null() => kind.is_some(),
            Some("words") => value.is_string(),
            Some("number") => value.is_i64(),
            Some("yes_no") => value.is_boolean(),
            _ => false,
        }
    }
}
