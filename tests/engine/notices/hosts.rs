//! Whom a notice may be sent to (reliability.md 6.3).

use std::net::SocketAddr;

use secrecy::SecretString;
use segue_engine::error::Code;
use segue_engine::notify::host::Host;
use segue_engine::notify::webhook::Webhook;

fn webhook(address: &str) -> segue_engine::error::Result<Webhook> {
    Webhook::parse(&SecretString::from(address.to_owned()))
}

#[test]
fn addresses_of_webhooks_that_are_taken() {
    for (address, host) in [
        ("https://hooks.example.com/services/T0/B0/secret", "hooks.example.com"),
        (" https://Hooks.Example.com/a?sig=b ", "hooks.example.com"),
        ("https://hooks.example.com:443/a", "hooks.example.com"),
        ("https://hooks.example.com:8443/a", "hooks.example.com"),
        ("https://b\u{fc}cher.example/a", "xn--bcher-kva.example"),
        ("http://localhost:4010/a", "localhost"),
        ("http://127.0.0.1:4010/a", "127.0.0.1"),
        ("https://127.0.0.1:80/a", "127.0.0.1"),
        ("http://[::1]:4010/a", "::1"),
    ] {
        assert_eq!(webhook(address).unwrap().host(), host, "{address}");
    }
}

#[test]
fn addresses_of_webhooks_that_are_refused() {
    let long = format!("https://hooks.example.com/{}", "a".repeat(2_048));
    for address in [
        "",
        "hooks.example.com/secret-7",
        "ftp://hooks.example.com/secret-7",
        "file:///etc/secret-7",
        "javascript:secret-7",
        "http://hooks.example.com/secret-7",
        "http://localhost.example.com/secret-7",
        "https://anna@hooks.example.com/secret-7",
        "https://anna:word@hooks.example.com/secret-7",
        "https://hooks.example.com:25/secret-7",
        "https://8.8.8.8/secret-7",
        "https://10.0.0.1/secret-7",
        "https://169.254.169.254/latest/secret-7",
        "https://0x0a000001/secret-7",
        "https://[fe80::1]/secret-7",
        "https://[::ffff:10.0.0.1]/secret-7",
        "http://0.0.0.0:80/secret-7",
        &long,
    ] {
        let error = webhook(address).unwrap_err();
        assert_eq!(error.code, Code::BadUrl, "{address}");
        assert!(error.message.starts_with("The webhook's address "), "{}", error.message);
        assert!(!format!("{error:?}").contains("secret-7"), "{error:?}");
    }
}

#[tokio::test]
async fn an_address_that_leads_inside_is_refused_wherever_it_comes_from() {
    let host = Host::parse("The mail server", "mail.example.com").unwrap();
    let looked_up =
        |ips: &[&str]| host.checked(ips.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 25)).collect());
    for inner in [
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:192.168.1.1",
        "64:ff9b::a00:1",
        "2002:c0a8:101::1",
    ] {
        // One that leads inside is enough.
        let error = looked_up(&["93.184.216.34", inner]).unwrap_err();
        assert_eq!((error.code, error.retryable), (Code::BadUrl, false), "{inner}");
    }
    let outer = ["93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"];
    assert_eq!(looked_up(&outer).unwrap().len(), outer.len());
    let error = looked_up(&[]).unwrap_err();
    assert_eq!((error.code, error.retryable), (Code::Unreachable, true));

    // This computer is never looked up.
    let own = Host::parse("The mail server", "localhost").unwrap();
    let own: Vec<String> = own.addresses(25).await.unwrap().iter().map(SocketAddr::to_string).collect();
    assert_eq!(own, ["127.0.0.1:25", "[::1]:25"]);
    // Its name with a dot is a name as any other, which leads inside.
    assert!(!Host::parse("The mail server", "localhost.").unwrap().is_loopback());
}
