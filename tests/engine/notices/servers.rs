//! A web server and a mail server on this computer that answer as they are told and keep what they heard.

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A web server that gives one of these answers to each request. Its port, and in the end the requests.
pub(crate) async fn web(answers: &'static [&'static str]) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = tokio::spawn(async move {
        let mut heard = Vec::new();
        for answer in answers {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            let mut request = String::new();
            while !request.ends_with("\r\n\r\n") {
                assert!(stream.read_line(&mut request).await.unwrap() > 0, "the request has a whole head");
            }
            let length = request.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok()
            });
            let mut body = vec![0; length.unwrap()];
            stream.read_exact(&mut body).await.unwrap();
            request.push_str(&String::from_utf8(body).unwrap());
            heard.push(request);
            let reply = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
        heard
    });
    (port, serving)
}

/// How a mail server answers.
#[derive(Clone, Copy)]
pub(crate) struct Answers {
    /// To a user name and password.
    pub(crate) auth: &'static str,
    /// To each receiver.
    pub(crate) receiver: &'static str,
}

/// One that takes everything.
pub(crate) const WILLING: Answers = Answers { auth: "235 yes", receiver: "250 yes" };

/// A mail server for so many connections. Its port, and in the end what was said to it.
pub(crate) async fn post(answers: Answers, connections: usize) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = tokio::spawn(async move {
        let mut heard = Vec::new();
        for _ in 0..connections {
            let (stream, _) = listener.accept().await.unwrap();
            heard.push(talk(stream, answers).await);
        }
        heard
    });
    (port, serving)
}

async fn talk(stream: TcpStream, answers: Answers) -> String {
    let mut stream = BufReader::new(stream);
    let mut heard = String::new();
    let mut letter = false;
    stream.write_all(b"220 here\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return heard;
        }
        heard.push_str(&line);
        let reply = match line.split([' ', ':', '\r']).next().unwrap_or_default() {
            _ if letter && line != ".\r\n" => continue,
            _ if letter => "250 taken",
            "EHLO" => "250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => answers.auth,
            "RCPT" => answers.receiver,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 yes",
        };
        letter = reply.starts_with("354");
        if stream.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() || reply.starts_with("221") {
            return heard;
        }
    }
}
