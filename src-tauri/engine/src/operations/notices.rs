//! Notices: who is told when an export changes its state. Secrets go to the keychain and are never given back.

use secrecy::{ExposeSecret as _, SecretString};

use crate::error::{Code, Error, Result};
use crate::model::{MailSettings, NoticeLanguage, NoticeSettings, NoticeTries, WebhookSettings};
use crate::notify::webhook::Webhook;
use crate::notify::{self, MAIL_KEY, WEBHOOK_KEY};
use crate::{Engine, store};

/// Who is to be told.
#[derive(Debug, Clone)]
pub struct NewNotices {
    /// Whether the operating system shows notices.
    pub desktop: bool,
    /// Whether a webhook goes out.
    pub webhook: bool,
    /// The webhook's address, whole; `None`: the one that is stored.
    pub webhook_url: Option<SecretString>,
    /// The mail server and who writes to whom; `None`: no mail.
    pub mail: Option<MailSettings>,
    /// The password of the mail server; `None`: the one that is stored.
    pub mail_password: Option<SecretString>,
    /// The language of webhooks and mail.
    pub language: NoticeLanguage,
}

impl Engine {
    /// Who is told.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn notice_settings(&self) -> Result<NoticeSettings> {
        self.store.read(store::notice::settings).await
    }

    /// How the last notices went.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn notice_tries(&self) -> Result<NoticeTries> {
        self.store.read(store::notice::tries).await
    }

    /// Whether a password of the mail server is stored: one is with every user name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_mail_password(&self) -> Result<bool> {
        Ok(has_password(&self.notice_settings().await?))
    }

    /// Changes who is told, once all of it is checked.
    ///
    /// # Errors
    /// `usage` or `bad_url` with a sentence that names the field, `no_key_store`; nothing is changed then.
    pub async fn set_notices(&self, new: NewNotices) -> Result<NoticeSettings> {
        let before = self.notice_settings().await?;
        let url = typed(new.webhook_url).filter(|_| new.webhook);
        let webhook = match &url {
            _ if !new.webhook => None,
            Some(url) => Some(WebhookSettings { host: Webhook::parse(url)?.host().to_owned() }),
            None => Some(before.webhook.clone().ok_or_else(no_address)?),
        };
        let mail = new.mail.as_ref().map(notify::mail::check).transpose()?;
        let signs_in = mail.as_ref().is_some_and(|mail| !mail.user.is_empty());
        let password = typed(new.mail_password).filter(|_| signs_in);
        if signs_in && password.is_none() {
            check_same_server(before.mail.as_ref(), mail.as_ref())?;
        }
        let settings = NoticeSettings { desktop: new.desktop, webhook, mail, language: new.language };

        let (new_url, new_mail) = (url.is_some(), password.is_some() || settings.mail != before.mail);
        let secrets: Vec<_> = [(WEBHOOK_KEY, url), (MAIL_KEY, password)]
            .into_iter()
            .filter_map(|(id, new)| Some((id, new?)))
            .collect();
        let replaced = self.keep_secrets(&secrets)?;
        let stored = settings.clone();
        let changed = self.change("notices changed", "", move |tx| {
            store::notice::set_settings(tx, &stored)?;
            // How a try to somewhere else went says nothing any more.
            store::notice::change_tries(tx, |tries| {
                tries.webhook.take_if(|_| new_url || stored.webhook.is_none());
                tries.mail.take_if(|_| new_mail);
            })
        });
        if let Err(error) = changed.await {
            self.put_back(replaced);
            return Err(error);
        }
        if before.webhook.is_some() && settings.webhook.is_none() {
            self.keychain.delete(WEBHOOK_KEY)?;
        }
        if has_password(&before) && !signs_in {
            self.keychain.delete(MAIL_KEY)?;
        }
        Ok(settings)
    }

    /// Stores all of these secrets or none, and returns what was there before.
    fn keep_secrets(
        &self,
        secrets: &[(&'static str, SecretString)],
    ) -> Result<Vec<(&'static str, Option<SecretString>)>> {
        let mut replaced = Vec::with_capacity(secrets.len());
        for (id, secret) in secrets {
            let kept = self.keychain.get(id).and_then(|old| {
                self.keychain.set(id, secret)?;
                Ok(old)
            });
            match kept {
                Ok(old) => replaced.push((*id, old)),
                Err(error) => {
                    self.put_back(replaced);
                    return Err(error);
                }
            }
        }
        Ok(replaced)
    }

    /// Puts secrets back that were replaced. What cannot be put back is told of in the log; the settings that
    /// go with it were not changed.
    fn put_back(&self, replaced: Vec<(&'static str, Option<SecretString>)>) {
        for (id, old) in replaced {
            let done = match old {
                Some(old) => self.keychain.set(id, &old),
                None => self.keychain.delete(id),
            };
            if let Err(error) = done {
                tracing::warn!(id, code = ?error.code, "A secret of notices was not put back.");
            }
        }
    }
}

/// A secret, where something was typed.
fn typed(secret: Option<SecretString>) -> Option<SecretString> {
    secret.filter(|secret| !secret.expose_secret().trim().is_empty())
}

fn has_password(settings: &NoticeSettings) -> bool {
    settings.mail.as_ref().is_some_and(|mail| !mail.user.is_empty())
}

fn no_address() -> Error {
    Error::new(Code::Usage, "The webhook's address is missing; nothing was changed.")
        .help("Copy it from the service that is to show the notices.")
}

/// A stored password goes to the server and the user name that it was typed for, and to no other.
fn check_same_server(before: Option<&MailSettings>, after: Option<&MailSettings>) -> Result<()> {
    let whose = |mail: &MailSettings| (mail.server.clone(), mail.user.clone());
    match (before.map(whose), after.map(whose)) {
        (Some(before), Some(after)) if before == after => Ok(()),
        (Some((_, user)), _) if !user.is_empty() => Err(Error::new(
            Code::Usage,
            "The password that is stored is for another mail server or user name; nothing was changed.",
        )
        .help("Type the password for this one.")),
        _ => Err(Error::new(Code::Usage, "The password of the mail server is missing; nothing was changed.")
            .help("Type it, or leave the user name empty where the server asks for none.")),
    }
}
